import { LRUCache } from 'lru-cache';
import { firstFlow } from '../../callflows/index.ts';
import { waitingLines } from '../call/call.ts';
import type { Did, Step } from '../call/record.ts';
import type { RecordedCall } from '../call/switchboard.ts';
import { type Walk, wayOf } from '../call/way.ts';
import type { ShownCall, ShownStep } from '../console/talk.ts';
import { pictures } from './pictures.ts';

/** A call as the console lists it, each turn with the way it went on the map. */
export function shownCall({ callId, record: { steps, ...record } }: RecordedCall): ShownCall {
  return { id: callId, ...record, steps: shownSteps(steps) };
}

/** The turns of a call with the way that each went. */
export function shownSteps(steps: readonly Step[]): ShownStep[] {
  let did: Did = 'begins';
  return steps.map((step, index) => {
    const from = step.did === 'begins' ? firstFlow : (steps[index - 1]?.place ?? firstFlow);
    // Whoever was asked to wait did something before.
    if (step.did !== 'waited') did = step.did;
    const isWaiting = step.said.some((prompt) => waitingLines.includes(prompt));
    const { place: to, said } = step;
    return { ...step, way: isWaiting ? [stateOf(to)] : knownWay({ from, to, said, ...eventOf(did) }) };
  });
}

/** More ways than turns of calls go. */
const MOST_WAYS = 10_000;

/** Ways that were searched before: most turns go as some other turn went, and callers wait while theirs is searched. */
const ways = new LRUCache<string, string[]>({ max: MOST_WAYS });

function knownWay(walk: Walk): string[] {
  const name = JSON.stringify(walk);
  const way = ways.get(name) ?? wayOf(pictures, walk);
  ways.set(name, way);
  return way;
}

/** Where a place lies on the map: `flow.state`. */
const stateOf = (place: string) => place.split('.').slice(0, 2).join('.');

function eventOf(did: Did): { event?: string } {
  if (did === 'begins') return {};
  return { event: did === 'officerAnswered' || did === 'officerMissed' ? 'transferEnded' : did };
}
