import { useEffect, useState } from 'react';
import type { ShownCall, ShownStep } from '../talk.ts';
import type { MapDrawing } from '../told.ts';
import { useWords, type Words } from '../words.ts';

type ReplayProps = {
  call: ShownCall;
  map: MapDrawing | null;
  language: string;
  onStep: (steps: readonly ShownStep[]) => void;
  onClose: () => void;
};

/** A call step by step: what the caller did, what was heard, and where it led on the map. */
export function Replay({ call, map, language, onStep, onClose }: ReplayProps) {
  const words = useWords();
  const { steps } = call;
  const [at, setAt] = useState(0);
  useEffect(() => onStep(steps.slice(0, at + 1)), [steps, at, onStep]);
  const step = steps[at];
  return (
    <div className="replay">
      <button type="button" onClick={onClose}>
        ← {words.backToList}
      </button>
      <h2>
        {words.replay} <small>{words.outcome[call.outcome]}</small>
        {call.flowVersion && (
          <small>
            {' '}
            · {words.flowVersion} {call.flowVersion}
          </small>
        )}
      </h2>
      <label>
        {words.step} {at + 1} / {steps.length}
        <input
          type="range"
          min={0}
          max={Math.max(0, steps.length - 1)}
          value={at}
          onChange={({ target }) => setAt(Number(target.value))}
        />
      </label>
      <div className="leaf">
        <button type="button" disabled={at === 0} onClick={() => setAt(at - 1)}>
          {words.previous}
        </button>
        <button type="button" disabled={at >= steps.length - 1} onClick={() => setAt(at + 1)}>
          {words.next}
        </button>
      </div>
      {step && (
        <section aria-live="polite" aria-label={`${words.step} ${at + 1}`}>
          <p className="did">
            {words.caller}: {didIn(words, step.did)}
          </p>
          <ol aria-label={words.heard}>
            {step.said.map((prompt, index) => (
              <li key={index} lang={language}>
                {lineOf(map, prompt, language)}
              </li>
            ))}
          </ol>
          <p className="note">{step.place}</p>
        </section>
      )}
    </div>
  );
}

const signs: Record<string, string> = { star: '*', hash: '#' };

function didIn(words: Words, did: string): string {
  const key = /^key\.(.+)$/.exec(did)?.[1];
  if (key) return `${words.pressed} ${signs[key] ?? key}`;
  return words.did[did as keyof Words['did']] ?? did;
}

/** A sentence of the catalogue, with its blanks. */
function lineOf(map: MapDrawing | null, prompt: string, language: string): string {
  const states = map?.flows.flatMap((flow) => flow.states.flatMap(({ says }) => says.flat())) ?? [];
  const everywhere = map?.everywhere.flatMap(({ says }) => says) ?? [];
  return [...states, ...everywhere].find((line) => line.prompt === prompt)?.text[language] ?? prompt;
}
