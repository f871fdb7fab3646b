import { gist } from '../../callflows/gist.ts';
import { placeName } from '../call/call.ts';
import { actsAt, type Tries, well } from './acts.ts';
import type { Moment, Outcome, Step } from './moment.ts';

/** A turn of the walk: from which moment, by what, what it brought, and the moment that stands for where it led. */
export type Turn = Outcome & { from: number; step: Step; to: number | null };

/** All that was walked: each moment with the shortest way there, and each turn. The first outcome is that of dialling. */
export type Walked = { first: Outcome; moments: readonly Moment[]; turns: readonly Turn[] };

/** Takes turns from a moment, one after the other; several may be at work at once. */
export type Expand = (moment: Moment, steps: readonly Step[]) => Promise<Outcome[]>;

/** What is walked, and by whom. */
export type WalkParts = {
  first: Outcome;
  expand: Expand;
  tries: Omit<Tries, 'isFirst'>;
  /** How many moments may be walked from at the same time. */
  atOnce: number;
  /** The names of the states in which a service is asked. */
  services: ReadonlySet<string>;
  /** Walks from no more moments than this. */
  most?: number;
  onProgress?: (done: number, known: number) => void;
};

/** What tells this moment from others. */
export function gistOf({ stored: { state, failures } }: Moment): string {
  return gist(state, new Set(failures.map(({ occasion }) => occasion)).size);
}

/** Goes every way there is, the shortest first: from each moment, once, by all that a caller may do there. */
export async function walk(parts: WalkParts): Promise<Walked> {
  const { first, atOnce, most = Number.POSITIVE_INFINITY, onProgress = () => {} } = parts;
  const moments: Moment[] = first.after ? [first.after] : [];
  const known = new Map(moments.map((moment, index) => [gistOf(moment), index]));
  const turns: Turn[] = [];

  const arrive = ({ after, over, troubles }: Outcome): number | null => {
    if (!after || over || troubles.length > 0) return null;
    const name = gistOf(after);
    const index = known.get(name) ?? moments.push(after) - 1;
    known.set(name, index);
    return index;
  };

  const stood = new Set<string>();
  const isFirst = ({ stored: { state } }: Moment) => {
    const place = `${placeName(state)} ${state.place.context.session.language}`;
    return !stood.has(place) && stood.add(place) !== undefined;
  };

  for (let next = 0; next < Math.min(moments.length, most); ) {
    const batch = moments.slice(next, next + atOnce);
    const walked = await Promise.all(batch.map((moment) => everyTurn(moment, isFirst(moment), parts)));
    for (const [index, found] of walked.entries())
      for (const { step, outcome } of found) turns.push({ ...outcome, from: next + index, step, to: arrive(outcome) });
    next += batch.length;
    onProgress(next, moments.length);
  }
  return { first, moments, turns };
}

type Found = { step: Step; outcome: Outcome };

/**
 * Every turn from a moment; where a service was asked, it is also tried in every trouble: in a thin walk once at each
 * place for the first caller there.
 */
async function everyTurn(moment: Moment, isFirst: boolean, parts: WalkParts): Promise<Found[]> {
  const { expand, tries, services } = parts;
  const steps = actsAt(moment, { ...tries, isFirst }).map(well);
  const outcomes = await expand(moment, steps);
  const asked = steps.filter((_, index) => outcomes[index]!.taken.some((name) => services.has(name)));
  const inTrouble = isFirst || tries.reach.thorough ? asked.slice(0, ACTS_IN_TROUBLE).flatMap(troubled) : [];
  const more = inTrouble.length > 0 ? await expand(moment, inTrouble) : [];
  return [...steps, ...inTrouble].map((step, index) => ({ step, outcome: [...outcomes, ...more][index]! }));
}

const ACTS_IN_TROUBLE = 2;
const troubled = ({ act }: Step): Step[] => [
  { act, members: 'down' },
  { act, members: 'silent' },
  { act, members: 'slow' },
];
