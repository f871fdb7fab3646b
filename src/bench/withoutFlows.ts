import { rememberedCalls } from '../call/rememberedCalls.ts';
import type { Switchboard } from '../call/switchboard.ts';
import type { Store } from '../store/store.ts';

/** As much as is written down of a call on its way. */
const STATE = 'x'.repeat(800);

/**
 * A switchboard that writes down every turn as ours does, and has nothing to say: what a turn costs whose flow, members,
 * sentences, records and log cost nothing.
 */
export function withoutFlows(store: Store): Switchboard {
  const calls = rememberedCalls(store.calls);
  return {
    async answer({ callId, turn }) {
      const known = await calls.load(callId, turn);
      await calls.save(callId, turn, STATE, known && known !== 'over' ? known.turn : null);
      return { say: [], then: { listen: { for: 'key', seconds: 8 } }, nextTurn: turn + 1 };
    },
    hangUp: async (callId) => void (await calls.end(callId)),
    apologised: () => {},
    recent: async () => [],
  };
}
