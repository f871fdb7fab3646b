import type { Leg } from '../leg/leg.ts';
import type { Stretch } from '../sound/wav.ts';
import { attributes } from './attributes.ts';
import type { Element } from './element.ts';
import { keepRecording, report } from './recording.ts';
import type { Next, Verb } from './verb.ts';

const beepMs = 400;

/** `<Record>`: what the caller says is recorded until a key, a silence, the longest length or the end of the call. */
export const record: Verb = {
  attributes: [
    ...['action', 'method', 'timeout', 'finishOnKey', 'maxLength', 'playBeep', 'trim', 'recordingStatusCallback'],
    ...['recordingStatusCallbackMethod', 'recordingStatusCallbackEvent', 'transcribe', 'transcribeCallback'],
    ...['recordingTrack', 'recordingConfigurationId'],
  ],
  nests: [],
  holdsNoText: true,
  async perform(element, leg, documentUrl) {
    const rules = readRules(element, leg);
    leg.answer();
    if (rules.playBeep) await leg.wait(beepMs, { type: 'plays', what: 'beep', ms: beepMs });
    report(element, leg, documentUrl, 'in-progress');
    const tape = await recordOn(leg, rules);
    if (leg.away) return 'on';
    return next(element, leg, documentUrl, rules, tape);
  },
};

type Rules = ReturnType<typeof readRules>;

function readRules(element: Element, leg: Leg) {
  const read = attributes(element, leg);
  const bool = { of: ['true', 'false'] } as const;
  if (read.flag('transcribe', 13614)) leg.warn(12200, 'Record: transcribe is not simulated', element);
  read.choice('recordingTrack', { of: ['inbound', 'outbound', 'both'], otherwise: 'both', code: 13622 });
  const maxMs = read.whole('maxLength', { least: 1, most: 14_400, otherwise: 3_600, code: 13612 }) * 1_000;
  return {
    // No silence ends a recording that is to last whatever is said in it.
    timeoutMs: read.whole('timeout', { least: 0, otherwise: 5, code: 13611 }) * 1_000 || maxMs,
    maxMs,
    finishOnKey: finishingKeys(element, leg),
    playBeep: read.choice('playBeep', { ...bool, otherwise: 'true', code: 13616 }) === 'true',
    isTrimmed:
      read.choice('trim', { of: ['trim-silence', 'do-not-trim'], otherwise: 'trim-silence', code: 13699 }) ===
      'trim-silence',
  };
}

function finishingKeys(element: Element, leg: Leg): string {
  const everyKey = '1234567890*#';
  const written = element.attributes.finishOnKey;
  if (written === undefined || /^[0-9*#]*$/.test(written)) return written ?? everyKey;
  leg.warn(13613, `Record: Invalid finishOnKey value "${written}"`, element);
  return everyKey;
}

/** What was recorded: what was said and the silence between, and the key that ended it, if one did. */
type Tape = { stretches: Stretch[]; endedBy: string };

async function recordOn(leg: Leg, rules: Rules): Promise<Tape> {
  const tape: Tape = { stretches: [], endedBy: '' };
  const sentences: number[] = [];
  const startedAt = leg.now();
  leg.ear = (key) => {
    if (!rules.finishOnKey.includes(key)) return;
    tape.endedBy = key;
    leg.cutShort();
  };
  leg.speechEar = ({ ms }) => {
    sentences.push(ms);
    if (sentences.length === 1) leg.cutShort();
  };
  const left = () => startedAt + rules.maxMs - leg.now();
  const stretch = async (spoken: boolean, ms: number, isFirst = false) => {
    const from = leg.now();
    const records = { type: 'records', finishOnKey: rules.finishOnKey, ms } as const;
    const again = !isFirst && ({ again: true } as const);
    const isWhole = await leg.wait(Math.min(ms, left()), spoken ? undefined : { ...records, ...again });
    tape.stretches.push({ spoken, ms: leg.now() - from });
    return isWhole;
  };
  for (let isFirst = true; tape.endedBy === '' && !leg.isGone && left() > 0; isFirst = false) {
    const hasWaitedInVain = await stretch(false, rules.timeoutMs, isFirst);
    if (hasWaitedInVain) break;
    for (; sentences.length > 0 && tape.endedBy === '' && !leg.isGone && left() > 0; sentences.shift())
      await stretch(true, sentences[0]!);
  }
  leg.ear = null;
  leg.speechEar = null;
  if (leg.ending) tape.endedBy = 'hangup';
  return tape;
}

async function next(element: Element, leg: Leg, documentUrl: string, rules: Rules, tape: Tape): Promise<Next> {
  const isEmpty = !tape.stretches.some(({ spoken, ms }) => spoken && ms > 0);
  if (isEmpty) report(element, leg, documentUrl, 'absent');
  if (isEmpty && leg.switches.emptyRecording === 'falls through') return 'on';
  const stretches = rules.isTrimmed ? trimmed(tape.stretches) : tape.stretches;
  const made = await keepRecording(element, leg, documentUrl, { stretches, source: 'RecordVerb' });
  const form = { ...made, Digits: tape.endedBy };
  return { ask: attributes(element, leg).order(element.attributes.action ?? '', documentUrl, 13610, form) };
}

function trimmed(stretches: Stretch[]): Stretch[] {
  const isSpoken = ({ spoken, ms }: Stretch) => spoken && ms > 0;
  return stretches.slice(stretches.findIndex(isSpoken), stretches.findLastIndex(isSpoken) + 1);
}
