import { LRUCache } from 'lru-cache';

/** Whoever is asked to wait comes back within so many milliseconds, or has hung up. */
const COMES_BACK_WITHIN_MS = 60_000;
const MOST_CALLS = 10_000;

/** Work that goes on while callers wait for it, one piece a call, until they come back for it. */
export function workUnderway<Result>() {
  const kept = new LRUCache<string, { turn: number; coming: Promise<Result> }>({
    max: MOST_CALLS,
    ttl: COMES_BACK_WITHIN_MS,
    ttlAutopurge: true,
  });
  const of = (callId: string, turn: number): Promise<Result> | null => {
    const known = kept.get(callId);
    return known?.turn === turn ? known.coming : null;
  };
  return {
    /** What comes of the work that began in this turn of the call; null where nobody here does it. */
    of,
    /** Keeps the first work of a turn until it is called for. What fails is not kept: who comes back begins again. */
    keep(callId: string, turn: number, coming: Promise<Result>): void {
      if (of(callId, turn) === null) kept.set(callId, { turn, coming });
      coming.catch(() => {
        if (of(callId, turn) === coming) kept.delete(callId);
      });
    },
    /** Nobody comes back for it any more. */
    forget: (callId: string): void => void kept.delete(callId),
  };
}
