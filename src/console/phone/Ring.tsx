import type { Doing } from '../talk.ts';

const RADIUS = 15;
const ROUND = 2 * Math.PI * RADIUS;

/** A ring that closes while the line waits for a key, or rings somebody. */
export function Ring({ doing, lineTime }: { doing: Doing; lineTime: number }) {
  const waits = 'until' in doing ? doing : null;
  const share = waits ? Math.min(1, Math.max(0, (lineTime - waits.since) / (waits.until - waits.since))) : 0;
  return (
    <svg className="ring" viewBox="0 0 36 36" aria-hidden="true" data-waits={waits !== null}>
      <circle cx="18" cy="18" r={RADIUS} className="track" />
      <circle
        cx="18"
        cy="18"
        r={RADIUS}
        className="gone"
        strokeDasharray={`${ROUND * share} ${ROUND}`}
        transform="rotate(-90 18 18)"
      />
    </svg>
  );
}
