import { useState } from 'react';
import { asClock } from '../asClock.ts';
import type { ShownCall, ShownStep } from '../talk.ts';
import type { MapDrawing } from '../told.ts';
import { useTime } from '../useTime.ts';
import { useWords } from '../words.ts';
import { Replay } from './Replay.tsx';
import { useCalls } from './useCalls.ts';

type CallsProps = {
  map: MapDrawing | null;
  language: string;
  onReplay: (steps: readonly ShownStep[] | null) => void;
};

/** The latest calls, live ones on top; one that is opened is replayed on the map. */
export function Calls({ map, language, onReplay }: CallsProps) {
  const words = useWords();
  const { calls, isLost } = useCalls();
  const [opened, setOpened] = useState<string | null>(null);
  const call = calls.find(({ id }) => id === opened);
  if (call)
    return (
      <Replay
        call={call}
        map={map}
        language={language}
        onStep={onReplay}
        onClose={() => {
          setOpened(null);
          onReplay(null);
        }}
      />
    );
  return (
    <div className="calls">
      <p role="status">{isLost ? words.feedLost : ''}</p>
      {calls.length === 0 && <p className="note">{words.noCalls}</p>}
      <ul aria-label={words.recentCalls}>
        {calls.map((one) => (
          <li key={one.id}>
            <CallLine call={one} onOpen={() => setOpened(one.id)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function CallLine({ call, onOpen }: { call: ShownCall; onOpen: () => void }) {
  const words = useWords();
  const now = useTime(call.endedAt === null ? 1_000 : null);
  const began = call.beganAt ?? call.endedAt ?? 0;
  const lasted = (call.endedAt ?? performance.timeOrigin + now) - began;
  return (
    <button type="button" onClick={onOpen} data-outcome={call.outcome}>
      <time dateTime={new Date(began).toISOString()}>
        {new Date(began).toLocaleTimeString(document.documentElement.lang)}
      </time>
      <span>{asClock(lasted)}</span>
      <b>{words.outcome[call.outcome]}</b>
      <small>
        {[call.steps.at(-1)?.place.split('.').slice(0, 2).join('.'), call.language].filter(Boolean).join(' · ')}
      </small>
    </button>
  );
}
