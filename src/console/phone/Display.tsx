import { useEffect, useRef } from 'react';
import { asClock } from '../asClock.ts';
import { useTime } from '../useTime.ts';
import { useWords } from '../words.ts';
import type { HeldCall } from './heldCall.ts';
import { Ring } from './Ring.tsx';
import { spokenSoFar } from './spokenSoFar.ts';

const FRAME_MS = 100;

/** The telephone's display: what was heard and pressed, what is being said, and what the line waits for. */
export function Display({ call, isLost }: { call: HeldCall | null; isLost: boolean }) {
  const words = useWords();
  const doing = call?.doing;
  const isOver = doing?.what === 'over';
  const now = useTime(call && !isOver ? FRAME_MS : null);
  const lineTime = call ? (doing?.what === 'over' ? doing.at : now - call.dialledAt) : 0;
  return (
    <div className="display">
      <div className="status">
        <span className="number">{call && <small>{call.from.replace(/\d(?=\d{4})/g, '•')} → </small>}1500 400</span>
        <span>
          {doing ? words.doing[doing.what] : words.ready}
          {doing?.what === 'speaking' && ` · ${doing.language.slice(0, 2).toUpperCase()}`}
        </span>
        <time>{asClock(lineTime)}</time>
        {doing && <Ring doing={doing} lineTime={lineTime} />}
      </div>
      <Transcript call={call} lineTime={lineTime} />
      <p className="typed" aria-live="off">
        {call?.typed || '\u00a0'}
      </p>
      <p className="lost" role="alert">
        {isLost ? words.lost : ''}
      </p>
      {/* What is heard, for who cannot see it: the whole sentence when it begins. */}
      <p className="unseen" aria-live="polite">
        {doing?.what === 'speaking' ? doing.text : doing?.what === 'over' ? words.doing.over : ''}
      </p>
    </div>
  );
}

function Transcript({ call, lineTime }: { call: HeldCall | null; lineTime: number }) {
  const words = useWords();
  const end = useRef<HTMLLIElement>(null);
  const count = call?.entries.length ?? 0;
  // Each new entry is scrolled to.
  useEffect(() => end.current?.scrollIntoView({ block: 'nearest' }), [count, call?.doing.what]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by the keyboard
    <ol className="transcript" aria-label={words.transcript} tabIndex={0}>
      {(call?.entries ?? []).map(({ kind, text }, index) => (
        <li key={index} className={kind}>
          {text}
        </li>
      ))}
      <li className="heard now" ref={end} aria-hidden="true">
        {call ? spokenSoFar(call.doing, lineTime) : ''}
      </li>
    </ol>
  );
}
