import { firstFlow } from '../../callflows/index.ts';
import { waitingLines } from '../call/call.ts';
import type { Did, Step } from '../call/record.ts';
import type { RecordedCall } from '../call/switchboard.ts';
import { wayOf } from '../call/way.ts';
import type { ShownCall, ShownStep } from '../console/talk.ts';
import { pictures } from './pictures.ts';

/** A call as the console lists it, each turn with the way it went on the map. */
export function shownCall({ callId, record: { steps, ...record } }: RecordedCall): ShownCall {
  return { id: callId, ...record, steps: shownSteps(steps) };
}

/** The turns of a call with the way that each went. */
export function shownSteps(steps: readonly Step[]): ShownStep[] {
  return steps.map((step, index) => {
    const from = step.did === 'begins' ? firstFlow : (steps[index - 1]?.place ?? firstFlow);
    // Whoever was asked to wait did something before.
    const { did } = steps.slice(0, index + 1).findLast((one) => one.did !== 'waited') ?? step;
    const isWaiting = step.said.some((prompt) => waitingLines.includes(prompt));
    const way = isWaiting
      ? [stateOf(step.place)]
      : wayOf(pictures, { from, to: step.place, said: step.said, ...eventOf(did) });
    return { ...step, way };
  });
}

/** Where a place lies on the map: `flow.state`. */
const stateOf = (place: string) => place.split('.').slice(0, 2).join('.');

function eventOf(did: Did): { event?: string } {
  if (did === 'begins') return {};
  return { event: did === 'officerAnswered' || did === 'officerMissed' ? 'transferEnded' : did };
}
