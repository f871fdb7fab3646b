import { LRUCache } from 'lru-cache';
import type { CallStore } from './callStore.ts';

/** More calls than go on at once on one machine; each takes some kilobytes. */
const MOST = 20_000;

/**
 * A store that still knows the calls it wrote down last, so that the next turn need not read, open and unpack them. Only
 * that next turn, and the last one asked again, are told from memory. What another copy of the server has written since
 * is noticed when the turn is saved: compare-and-set refuses it, and the call is read anew.
 */
export function rememberedCalls(store: CallStore): CallStore {
  const latest = new LRUCache<string, { turn: number; state: unknown }>({ max: MOST });
  return {
    ...store,
    async load(callId, saving) {
      const known = latest.get(callId);
      const isNext = known && (saving === known.turn + 1 || saving === known.turn);
      return isNext ? known : store.load(callId, saving);
    },
    async save(callId, turn, state, after) {
      const saved = await store.save(callId, turn, state, after);
      if (saved) latest.set(callId, { turn, state });
      else latest.delete(callId);
      return saved;
    },
    async end(callId, record) {
      latest.delete(callId);
      return store.end(callId, record);
    },
  };
}
