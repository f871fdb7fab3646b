import { placeName } from '../call/call.ts';
import { type AnyFlows, type NamedTransition, transitionsOf } from '../call/transitions.ts';
import { inKeys } from './failure.ts';
import type { Step } from './moment.ts';
import { takenIn } from './properties/flows.ts';
import type { Walked } from './walk.ts';

/** What makes a transition happen. */
export const kinds = [
  'key',
  'number',
  'silence',
  'miss',
  'give-up',
  'hang-up',
  'trouble',
  'answer',
  'officer',
  'passing',
] as const;
export type Kind = (typeof kinds)[number];

/** A transition, or hanging up at a place, and whether it was ever gone through. */
type Covered = { name: string; flow: string; kind: Kind; covered: boolean; leaves: string; event: string };

/** What was gone through, and of what nobody went through the keys that would reach it. */
export type Coverage = { all: readonly Covered[]; uncovered: readonly { name: string; keys: string }[] };

/** How far these flows were gone through in a walk, and in calls that were recorded. */
export function coverage(flows: AnyFlows, walked: Walked, recorded: ReadonlySet<string>): Coverage {
  const taken = takenIn(walked).union(recorded);
  const transitions = Object.values(flows).flatMap(transitionsOf);
  const all = [
    ...transitions.map((one) => ({
      ...one,
      flow: one.leaves.split('.')[0]!,
      kind: kindOf(one),
      covered: taken.has(one.name),
    })),
    ...hangUps(walked),
  ];
  const missing = all.filter(({ covered }) => !covered);
  return { all, uncovered: missing.map((one) => ({ name: one.name, keys: keysTo(walked, transitions, one) })) };
}

function kindOf({ event, leaves, to }: NamedTransition): Kind {
  if (event === 'key.*') return 'miss';
  if (event.startsWith('key.')) return 'key';
  if (event.startsWith('xstate.error')) return 'trouble';
  if (event.startsWith('xstate.done')) return 'answer';
  if (event === 'transferEnded') return 'officer';
  if (event === 'number' || event === 'silence') return event;
  const isPatience = /\.(missed|mistyped|silent|repeating)$/.test(leaves);
  return isPatience && !to.some((state) => state.endsWith('.asking')) && isOut(leaves, to) ? 'give-up' : 'passing';
}

/** Whether a transition leads out of the question that it leaves. */
const isOut = (leaves: string, to: readonly string[]) =>
  !to.some((state) => `${state}.`.startsWith(leaves.replace(/[^.]+$/, '')));

/** Every place where a call waits, and whether somebody has hung up there. */
function hangUps({ moments, turns }: Walked): Covered[] {
  const done = new Set(
    turns.filter(({ step }) => step.act.does === 'hangs up').map(({ from }) => placeName(moments[from]!.stored.state)),
  );
  const places = new Set(moments.map(({ stored }) => placeName(stored.state)));
  return [...places].map((place) => ({
    name: `${place} hangs up`,
    flow: place.split('.')[0]!,
    kind: 'hang-up',
    covered: done.has(place),
    leaves: place,
    event: 'hangs up',
  }));
}

const keyNames: Record<string, string> = { star: '*', hash: '#', '*': 'another key' };
const eventNames: Record<string, string> = { number: 'a number', 'hangs up': 'hangs up', silence: 'silence' };

/** What is to be done for an event; nothing for what goes on by itself. */
const deeds = (event: string): string[] =>
  event.startsWith('key.') ? [keyNames[event.slice(4)] ?? event.slice(4)] : [eventNames[event] ?? []].flat();

/** The keys that lead to where a transition begins, from the nearest place where somebody has been, and what is to be done there. */
function keysTo({ moments }: Walked, transitions: readonly NamedTransition[], { leaves, event }: Covered): string {
  const trails = [{ place: leaves, trail: deeds(event) }];
  const seen = new Set([leaves]);
  for (const { place, trail } of trails) {
    const steps = stepsTo(moments, place);
    if (steps) return [inKeys(steps), ...trail].join(' · ');
    for (const before of transitions.filter(({ to }) => to.some((state) => isIn(place, state)))) {
      if (seen.has(before.leaves)) continue;
      seen.add(before.leaves);
      trails.push({ place: before.leaves, trail: [...deeds(before.event), ...trail] });
    }
  }
  return `in the flow ${leaves.split('.')[0]}, where nobody has been: ${trails.at(-1)!.trail.join(' · ')}`;
}

const isIn = (place: string, state: string) => place === state || place.startsWith(`${state}.`);

const stepsTo = (moments: Walked['moments'], place: string): readonly Step[] | undefined =>
  moments.find(({ stored }) => placeName(stored.state) === place)?.steps;

/** The coverage as a table, a flow each line and a kind each column. */
export function coverageTable({ all }: Coverage): string {
  const flows = [...new Set(all.map(({ flow }) => flow))];
  const cell = (which: readonly Covered[]) =>
    which.length === 0 ? '' : `${which.filter(({ covered }) => covered).length}/${which.length}`;
  const row = (name: string, which: readonly Covered[]) => [
    name,
    ...kinds.map((kind) => cell(which.filter((one) => one.kind === kind))),
    cell(which),
  ];
  const rows = [
    ['', ...kinds, 'all'],
    ...flows.map((flow) =>
      row(
        flow,
        all.filter((one) => one.flow === flow),
      ),
    ),
    row('all', all),
  ];
  return rows.map((cells) => cells.map((text, at) => (at ? text.padStart(8) : text.padEnd(18))).join('')).join('\n');
}
