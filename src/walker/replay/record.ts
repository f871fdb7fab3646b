import { onTheWay } from '../../../callflows/index.ts';
import { type PromptKey, prompts } from '../../../prompts/prompts.ts';
import { type CallRecord, type Outcome, recordOf } from '../../call/record.ts';
import type { Caller } from '../acts.ts';
import type { Crew } from '../crew.ts';
import { walkAlong } from '../shrink.ts';
import { otherwise, type ToldCall } from './otherwise.ts';
import { standIn } from './standIns.ts';

/** What became of a call that is only known from its record: what is otherwise now, or why it cannot be made again. */
export type Replayed = { otherwise: readonly string[] } | { cannot: string };

const ends: Readonly<Record<Outcome, string>> = {
  goingOn: 'it went on',
  officer: 'an officer had taken it',
  contained: 'the caller had an answer',
  abandoned: 'before there was any answer',
  failed: 'in trouble of the hotline',
};

const keys: Record<string, string> = {
  'key.star': '*',
  'key.hash': '#',
  begins: 'dials',
  number: 'a number',
  waited: 'waits',
};

/** A record as it can be told; sentences as they stand in the catalogue, since no record keeps what was in them. */
function told({ steps, outcome }: CallRecord): ToldCall {
  const inCatalogue = (prompt: PromptKey) => prompts.id[prompt] ?? prompt;
  return {
    turns: steps.map(({ did, place, said }) => ({
      did: keys[did] ?? did.replace('key.', ''),
      heard: said.map(inCatalogue),
      place,
    })),
    end: ends[outcome],
    seconds: null,
  };
}

/** Longer calls are kept without their middle. */
const KEPT_WHOLE = 99;

/**
 * Makes a call again from its record, as the invented member with whom it goes most nearly as it went: where one is
 * found with whom all is the same, it is the same.
 */
export async function replayRecord(crew: Crew, record: CallRecord, callers: readonly Caller[]): Promise<Replayed> {
  if (record.steps.length > KEPT_WHOLE) return { cannot: 'its middle was not kept' };
  const isTyped = record.steps.some(({ did }) => did === 'number');
  let best: { same: number; otherwise: string[] } | null = null;
  for (const caller of isTyped ? callers : callers.slice(0, 1)) {
    const { steps, cannot } = standIn(record, caller);
    if (cannot !== null) return { cannot };
    const { first, turns } = await walkAlong(crew, steps);
    const last = turns.at(-1)?.after ?? first.after;
    if (!last) continue;
    const now = recordOf(last.stored.state, onTheWay, { at: 0, failed: false });
    const differs = otherwise(told(record), told(now));
    if (differs.length === 0) return { otherwise: [] };
    const same = sameSteps(record, now);
    if (!best || same > best.same) best = { same, otherwise: differs };
  }
  return { otherwise: best?.otherwise ?? ['The call could not be begun.'] };
}

/** How many steps are the same from the beginning. */
function sameSteps(then: CallRecord, now: CallRecord): number {
  const text = ({ steps }: CallRecord, at: number) => JSON.stringify([steps[at]?.place, steps[at]?.said]);
  const differs = then.steps.findIndex((_, at) => text(then, at) !== text(now, at));
  return differs < 0 ? then.steps.length : differs;
}
