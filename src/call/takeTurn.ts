import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import type { Enquiries } from '../membership/enquiries.ts';
import { MembershipUnavailable } from '../membership/membership.ts';
import type { Ending, FlowContext } from './flow.ts';
import { firstStep, type MachineStep, nextStep } from './machineStep.ts';
import type { Session } from './session.ts';
import type { CallerEvent, Rest, Utterance } from './turn.ts';

type ServiceCall = { id: string; src: keyof Enquiries; input: never };

/** Under this a place keeps the snapshot that it stands for, as long as it is remembered; it is not written down. */
const snapshotOf = Symbol('snapshot');

/** Where a flow stands between two turns, as it is written down. */
export type Place = { value: AnyMachineSnapshot['value']; context: FlowContext; [snapshotOf]?: AnyMachineSnapshot };

/** What one turn of one flow brought: what to say, how to go on, and what is now known. */
export type FlowTurn = { say: Utterance[]; then: Rest | Ending; place: Place };

/** A flow begins with what the call knows. */
export const beginFlow = (flow: AnyStateMachine, session: Session, services: Enquiries) =>
  untilRest(flow, firstStep(flow, session), services);

/** The flow goes on from where it stood, with what the caller did. Throws where the place is no longer in the flow. */
export const goOn = (flow: AnyStateMachine, place: Place, event: CallerEvent, services: Enquiries) =>
  untilRest(flow, nextStep(flow, snapshotAt(flow, place), event), services);

/** Whether a flow, perhaps of a newer release, still has this place. */
export function stillHas(flow: AnyStateMachine | undefined, place: Place): flow is AnyStateMachine {
  try {
    return flow !== undefined && snapshotAt(flow, place).status === 'active';
  } catch {
    return false;
  }
}

/** Where a flow stood, as XState knows it. What was just left is still known; what was read from a store is worked out. */
function snapshotAt(flow: AnyStateMachine, place: Place): AnyMachineSnapshot {
  const known = place[snapshotOf];
  if (known?.machine === flow) return known;
  const snapshot = flow.resolveState(place as Parameters<typeof flow.resolveState>[0]);
  place[snapshotOf] = snapshot;
  return snapshot;
}

async function untilRest(
  flow: AnyStateMachine,
  [snapshot, effects]: MachineStep,
  services: Enquiries,
): Promise<FlowTurn> {
  const say: Utterance[] = [];
  for (;;) {
    for (const { type, params } of effects) if (type === 'say' && params) say.push(params as Utterance);
    const asked = effects.find(({ type }) => type === 'xstate.spawnChild');
    if (!asked) break;
    [snapshot, effects] = nextStep(flow, snapshot, await answerOf(asked.params as ServiceCall, services));
  }
  const place: Place = { value: snapshot.value, context: snapshot.context, [snapshotOf]: snapshot };
  return { say, then: restOf(flow, snapshot), place };
}

/**
 * A service is run here and now; its answer comes back as the event that the flow awaits, and so does that nobody can
 * tell. Any other failure is a fault of ours, and no sentence of a flow.
 */
async function answerOf({ id, src, input }: ServiceCall, services: Enquiries) {
  try {
    return { type: `xstate.done.actor.${id}`, actorId: id, output: await services[src](input) };
  } catch (error) {
    if (!(error instanceof MembershipUnavailable)) throw error;
    return { type: `xstate.error.actor.${id}`, actorId: id, error };
  }
}

function restOf(flow: AnyStateMachine, snapshot: AnyMachineSnapshot): Rest | Ending {
  if (snapshot.status === 'done') return snapshot.output as Ending;
  if (snapshot.status === 'error') throw snapshot.error;
  const rest = Object.values(snapshot.getMeta()).find((meta) => meta !== undefined);
  if (!rest)
    throw new Error(`flow ${flow.id} stands in ${JSON.stringify(snapshot.value)}, where it neither rests nor ends`);
  return rest as Rest;
}
