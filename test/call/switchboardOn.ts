import { callflows, firstFlow } from '../../callflows/index.ts';
import type { CallStore } from '../../src/call/callStore.ts';
import { newSession } from '../../src/call/session.ts';
import { createSwitchboard } from '../../src/call/switchboard.ts';
import { enquiries } from '../flows/callers.ts';

type Parts = Parameters<typeof createSwitchboard>[0];

/** A switchboard on these calls, whose members always answer, and one caller who presses keys at it. */
export function switchboardOn(store: CallStore, others: Partial<Pick<Parts, 'flows' | 'flowVersion'>> = {}) {
  const switchboard = createSwitchboard({
    flows: callflows,
    firstFlow,
    newSession,
    enquiries: () => enquiries('works'),
    store,
    patience: () => () => {},
    onTurn: () => {},
    now: () => new Date(),
    clock: () => 0,
    ...others,
  });
  const turn = (turn: number, keys = '') =>
    switchboard.answer({ callId: 'CA1', caller: '+62811', turn, input: { keys, finishedByHash: false } });
  return { ...switchboard, turn };
}
