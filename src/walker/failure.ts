import { writeAct } from '../simulator/recorded/act.ts';
import type { Step } from './moment.ts';
import type { Turn, Walked } from './walk.ts';

/** Something that a walk has found not to be as it must: by which property, why, and by what the caller did. */
export type Failure = { property: string; why: string; steps: readonly Step[] };

/** What must be true of everything that was walked. */
export type Property = { name: string; failures: (walked: Walked) => Found[] };
export type Found = { why: string; steps: readonly Step[] };

/** What a caller did, as one line: keys as they are on the telephone, and everything else in a word or two. */
export function inKeys(steps: readonly Step[]): string {
  return steps.map(inKey).join(' · ') || 'dials';
}

function inKey({ act, members }: Step): string {
  const done = act.does === 'presses' ? act.keys : writeAct(act).replace(/^> (the )?/, '');
  return members === 'well' ? done : `${done} (members ${members})`;
}

/** The way to the moment from which a turn was taken, and the turn itself. */
export const stepsOf = ({ moments }: Walked, { from, step }: Turn): Step[] => [...moments[from]!.steps, step];

/** Every turn of which this can be said, told by what is wrong with it. */
export const turnsWhere =
  (wrong: (turn: Turn, walked: Walked) => string | null) =>
  (walked: Walked): Found[] =>
    walked.turns.flatMap((turn) => {
      const why = wrong(turn, walked);
      return why === null ? [] : [{ why, steps: stepsOf(walked, turn) }];
    });

/** The failures of one property, each reason once and by the fewest keys. */
export function failuresOf({ name, failures }: Property, walked: Walked): Failure[] {
  const shortest = new Map<string, Found>();
  for (const found of failures(walked)) {
    const other = shortest.get(found.why);
    if (!other || found.steps.length < other.steps.length) shortest.set(found.why, found);
  }
  const all = [...shortest.values()].sort((one, other) => one.steps.length - other.steps.length);
  return all.map((found) => ({ property: name, ...found }));
}
