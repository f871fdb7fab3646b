import { placeName } from '../../call/call.ts';
import { type AnyFlows, statesOf, transitionsOf } from '../../call/transitions.ts';
import type { Found, Property } from '../failure.ts';
import type { Step } from '../moment.ts';
import type { Walked } from '../walk.ts';

/** All that can happen to a flow: what a caller does, how a transfer ended, and what a service answered. */
const canHappen = /^(always|key\.([0-9]|star|hash|\*)|number|silence|transferEnded|xstate\.(done|error)\.actor\.\w+)$/;

/** The names of all that the flows went through in a walk. */
export const takenIn = ({ first, turns }: Walked): Set<string> =>
  new Set([first, ...turns].flatMap(({ taken }) => taken));

const stepsTo = ({ moments }: Walked, place: string): readonly Step[] =>
  moments.find(({ stored }) => placeName(stored.state) === place)?.steps ?? [];

/** What must be true of every state and every event of these flows. */
export const ofFlows = (flows: AnyFlows): readonly Property[] => [
  {
    name: 'every state is reached',
    failures(walked) {
      const reached = takenIn(walked);
      const all = Object.values(flows).flatMap(statesOf);
      return all
        .filter((state) => !reached.has(state))
        .map((state): Found => ({ why: `no keys lead to ${state}`, steps: [] }));
    },
  },
  {
    name: 'flows listen only for what can happen',
    failures: (walked) =>
      Object.values(flows)
        .flatMap(transitionsOf)
        .filter(({ event }) => !canHappen.test(event))
        .map(({ event, leaves }): Found => ({ why: `${leaves} waits for ${event}`, steps: stepsTo(walked, leaves) })),
  },
];
