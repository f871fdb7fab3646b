import type { DrawnState } from '../told.ts';
import { useWords } from '../words.ts';

/** What is said in a state, in every language, with blanks where a member's facts stand. */
export function SaidHere({ state, language }: { state: DrawnState | null; language: string }) {
  const words = useWords();
  if (!state) return <p className="note">{words.chooseState}</p>;
  return (
    <section className="saidHere" aria-label={words.saidHere} aria-live="polite">
      <h2>
        {state.title} <small>{words.kinds[state.kind]}</small>
      </h2>
      {state.says.length === 0 && <p className="note">{words.nothingSaid}</p>}
      {state.says.map((lines) => (
        <div key={lines.map(({ prompt }) => prompt).join(' ')} data-choice={lines.length > 1}>
          {lines.length > 1 && <small>{words.oneOf}</small>}
          {lines.map(({ prompt, text }) => (
            <dl key={prompt}>
              {[language, ...Object.keys(text).filter((other) => other !== language)].map((one) => (
                <div key={one}>
                  <dt>{one.toUpperCase()}</dt>
                  <dd lang={one}>{text[one]}</dd>
                </div>
              ))}
            </dl>
          ))}
        </div>
      ))}
    </section>
  );
}
