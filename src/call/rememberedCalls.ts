import { LRUCache } from 'lru-cache';
import type { CallStore, StoredCall } from './callStore.ts';

/** More calls than go on at once on one machine; each takes some kilobytes. */
const MOST = 20_000;

/** From one turn to the next it is less; of a call whose end was told to nobody nothing stays here for longer. */
const AT_MOST_MS = 3_600_000;

/**
 * A store that still knows the calls it wrote down last, so that the next turn, and the end, need not read, open and
 * unpack them; and that takes a call which begins for one that nobody knows. What another copy of the server has written
 * meanwhile is noticed when the turn or the end is written down: compare-and-set refuses it, and the call is read anew.
 */
export function rememberedCalls(store: CallStore, clock: { now(): number } = performance): CallStore {
  const latest = new LRUCache<string, StoredCall>({ max: MOST, ttl: AT_MOST_MS, ttlResolution: 0, perf: clock });
  return {
    ...store,
    async load(callId, toDo) {
      const known = latest.get(callId);
      if (!known && toDo === 0) return null;
      const isNext = known && (toDo === 'end' || toDo === known.turn + 1 || toDo === known.turn);
      return isNext ? known : store.load(callId, toDo);
    },
    async save(callId, turn, state, after) {
      const saved = await store.save(callId, turn, state, after);
      if (saved) latest.set(callId, { turn, state });
      else latest.delete(callId);
      return saved;
    },
    async end(callId, record, after) {
      latest.delete(callId);
      return store.end(callId, record, after);
    },
    forgetBefore(when) {
      latest.purgeStale();
      return store.forgetBefore(when);
    },
  };
}
