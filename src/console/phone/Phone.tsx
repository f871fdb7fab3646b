import { useEffect, useRef, useState } from 'react';
import type { About } from '../talk.ts';
import { useSetting } from '../useSetting.ts';
import { useWords } from '../words.ts';
import { Display } from './Display.tsx';
import { Keypad } from './Keypad.tsx';
import type { LineClient, LineState } from './lineClient.ts';
import { NumbersToTry } from './NumbersToTry.tsx';
import { OtherEnd } from './OtherEnd.tsx';
import { sound } from './tones.ts';
import { useLeaveWarning } from './useLeaveWarning.ts';
import { useSpeech } from './useSpeech.ts';
import { voiceFor } from './voice.ts';

type PhoneProps = { state: LineState; line: LineClient; numbers: About['numbers'] };

const isNumber = (text: string) => text === '' || /^\+?\d{3,15}$/.test(text);

/** The telephone: whom it calls as, what is heard, and the keys. */
export function Phone({ state: { call, isLost }, line, numbers }: PhoneProps) {
  const words = useWords();
  const [from, setFrom] = useState('');
  const [isAloud, setAloud] = useSetting<boolean>('voice', true);
  const [hasTones, setTones] = useSetting<boolean>('tones', true);
  const isCalling = call !== null && call.doing.what !== 'over';
  useSpeech(call, isAloud);
  useLeaveWarning(isCalling);

  const press = (key: string) => {
    if (hasTones) sound(key);
    line.press(key);
  };
  // What is pressed while nobody hears it would come late, and to another question.
  const isHeard = isCalling && !isLost;
  useTypedKeys(isHeard ? press : null);

  return (
    <section className="phone" id="telephone" aria-label={words.telephone}>
      <Display call={call} isLost={isLost} />
      {call?.doing.what === 'ringing' && <OtherEnd decide={line.officer} />}
      <Keypad press={press} isIdle={!isHeard} />
      <div className="hook">
        {isCalling ? (
          <button type="button" className="hangUp" onClick={line.hangUp}>
            {words.hangUp}
          </button>
        ) : (
          <button type="button" className="call" onClick={() => isNumber(from) && line.call(from || null)}>
            {call ? words.callAgain : words.call}
          </button>
        )}
      </div>
      {!isCalling && <CallingFrom from={from} onChange={setFrom} />}
      <div className="switches">
        <Switch label={words.voice} isOn={isAloud} onChange={setAloud} />
        <Switch label={words.tones} isOn={hasTones} onChange={setTones} />
      </div>
      {isAloud && <VoiceNote />}
      {call && <CopyCall copied={call.copied} copy={line.copy} />}
      <NumbersToTry numbers={numbers} press={isHeard ? press : null} />
    </section>
  );
}

function CallingFrom({ from, onChange }: { from: string; onChange: (to: string) => void }) {
  const words = useWords();
  const fault = useRef<HTMLSpanElement>(null);
  const isWrong = !isNumber(from);
  useEffect(() => {
    if (isWrong) fault.current?.scrollIntoView({ block: 'nearest' });
  }, [isWrong]);
  return (
    <label className="field">
      {words.callFrom}
      <input
        value={from}
        inputMode="tel"
        placeholder={words.callFromHint}
        aria-invalid={isWrong}
        aria-describedby="from-fault"
        onChange={({ target }) => onChange(target.value.trim())}
      />
      <span id="from-fault" role="alert" ref={fault}>
        {isWrong ? words.wrongNumber : ''}
      </span>
    </label>
  );
}

function Switch({ label, isOn, onChange }: { label: string; isOn: boolean; onChange: (to: boolean) => void }) {
  return (
    <label>
      <input type="checkbox" checked={isOn} onChange={({ target }) => onChange(target.checked)} />
      {label}
    </label>
  );
}

/** Says honestly that this browser cannot speak Indonesian. */
function VoiceNote() {
  const words = useWords();
  const [hasVoice, setHasVoice] = useState(() => voiceFor('id-ID') !== null);
  useEffect(() => {
    if (!('speechSynthesis' in globalThis)) return;
    // Browsers learn late which voices they have.
    const look = () => setHasVoice(voiceFor('id-ID') !== null);
    speechSynthesis.addEventListener('voiceschanged', look);
    return () => speechSynthesis.removeEventListener('voiceschanged', look);
  }, []);
  return hasVoice ? null : <p className="note">{words.noVoice}</p>;
}

function CopyCall({ copied, copy }: { copied: string | null; copy: () => void }) {
  const words = useWords();
  const [isTaken, setTaken] = useState<boolean | null>(null);
  useEffect(() => {
    if (copied === null) return;
    Promise.resolve(navigator.clipboard?.writeText(copied) ?? Promise.reject())
      .then(() => setTaken(true))
      .catch(() => setTaken(false));
  }, [copied]);
  return (
    <div className="copy">
      <button type="button" onClick={copy}>
        {words.copy}
      </button>
      <span role="status">{isTaken === null ? '' : isTaken ? words.copied : words.copyFailed}</span>
      {copied !== null && <textarea readOnly value={copied} aria-label={words.copy} rows={6} />}
    </div>
  );
}

/** The computer's own keys are the telephone's, but where something else is being typed; held down, a key is one key. */
function useTypedKeys(press: ((key: string) => void) | null) {
  useEffect(() => {
    if (!press) return;
    const typed = (event: KeyboardEvent) => {
      const isElsewhere =
        event.target instanceof Element && event.target.closest('input:not([type=radio],[type=checkbox]), textarea');
      if (isElsewhere || event.repeat || event.ctrlKey || event.metaKey || event.altKey || !/^[0-9*#]$/.test(event.key))
        return;
      event.preventDefault();
      press(event.key);
    };
    addEventListener('keydown', typed);
    return () => removeEventListener('keydown', typed);
  });
}
