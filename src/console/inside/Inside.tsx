import { useEffect, useRef } from 'react';
import type { Inside as InsideTurn } from '../talk.ts';
import { useWords } from '../words.ts';
import { Twiml } from './Twiml.tsx';

/** The call from inside, turn by turn: what Twilio would send, what was answered, what the flow remembers. */
export function Inside({ turns }: { turns: readonly InsideTurn[] }) {
  const words = useWords();
  const last = useRef<HTMLLIElement>(null);
  // Each new turn is scrolled to.
  useEffect(() => last.current?.scrollIntoView({ block: 'nearest' }), [turns.length]);
  if (turns.length === 0) return <p className="note">{words.noTurns}</p>;
  return (
    <>
      <h2 className="unseen">{words.inside}</h2>
      <ol className="turns">
        {turns.map((turn, index) => (
          <li key={index} ref={index === turns.length - 1 ? last : null}>
            <Turn turn={turn} isLast={index === turns.length - 1} />
          </li>
        ))}
      </ol>
    </>
  );
}

/** The fields that say something of this turn; the others are the same in each. */
const ofThisTurn = ['CallStatus', 'Digits', 'FinishedOnKey', 'SpeechResult', 'DialCallStatus', 'ErrorCode', 'ErrorUrl'];

function Turn({ turn, isLast }: { turn: InsideTurn; isLast: boolean }) {
  const words = useWords();
  const { method, url, form, headers, ms, status, answer, remembered } = turn;
  const told = ofThisTurn.filter((name) => form[name]).map((name) => `${name}=${form[name]}`);
  return (
    <details open={isLast}>
      <summary>
        <code>
          {method} {URL.parse(url)?.pathname ?? url}
        </code>
        <span className={status === null || status >= 400 ? 'bad' : ''}>{status ?? words.failed}</span>
        <span>{ms.toFixed(1)} ms</span>
        <small>{told.join(' · ')}</small>
      </summary>
      <h3>{words.answer}</h3>
      <Twiml text={answer} />
      <details>
        <summary>{words.remembers}</summary>
        <Pairs of={(remembered ?? {}) as Record<string, unknown>} />
      </details>
      <details>
        <summary>{words.request}</summary>
        <Pairs of={form} />
        <h4>{words.headers}</h4>
        <Pairs of={headers} />
      </details>
    </details>
  );
}

function Pairs({ of }: { of: Record<string, unknown> }) {
  return (
    <dl>
      {Object.entries(of).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{typeof value === 'string' ? value || '–' : JSON.stringify(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
