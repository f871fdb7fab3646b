import { isFact } from '../../../callflows/facts.ts';
import { type Found, type Property, stepsOf } from '../failure.ts';
import type { Step } from '../moment.ts';
import type { Turn, Walked } from '../walk.ts';

/** Who knows the keys begins to press so long after the line begins to speak, and takes so long from key to key. */
const REACTION_MS = 1_000;
const KEY_GAP_MS = 300;
const LONGEST_MS = 60_000;

/** How long a caller who knows the keys takes to press them; null where something else is done than to press. */
function handMs({ act, members }: Step): number | null {
  if (act.does !== 'presses' || members !== 'well') return null;
  return REACTION_MS + (act.keys.length - 1) * KEY_GAP_MS;
}

/** What is heard in a turn until the first fact is told; null where none is. */
function untilFact({ after, heard }: Turn): number | null {
  const said = after?.stored.state.said ?? [];
  const place = said.findIndex(isFact);
  return place < 0 ? null : heard.slice(0, place + 1).reduce((sum, { ms }) => sum + ms, 0);
}

/** How long it takes a caller who knows the keys from dialling to the first fact of this turn. */
function factAfter(walked: Walked, turn: Turn): number | null {
  const hearing = untilFact(turn);
  const pressing = stepsOf(walked, turn).map(handMs);
  if (hearing === null || pressing.includes(null)) return null;
  return pressing.reduce((sum: number, ms) => sum + ms!, hearing);
}

/** Whom a fact is about, and what the caller wanted to know. */
const about = ({ after }: Turn) => {
  const { identified, wanted } = after!.stored.state.place.context.session;
  return `${identified?.number.digits} who wants ${wanted}`;
};

/** The quickest way to a first fact for each member and wish, in milliseconds. */
export function quickestFacts(walked: Walked): Map<string, { ms: number; turn: Turn }> {
  const quickest = new Map<string, { ms: number; turn: Turn }>();
  for (const turn of walked.turns) {
    const ms = factAfter(walked, turn);
    if (ms !== null && ms < (quickest.get(about(turn))?.ms ?? Number.POSITIVE_INFINITY))
      quickest.set(about(turn), { ms, turn });
  }
  return quickest;
}

/** What must be true for callers who know the keys by heart. */
export const ofFacts: readonly Property[] = [
  {
    name: 'a caller who knows the keys hears a first useful fact within 60 s',
    failures: (walked) =>
      [...quickestFacts(walked)].flatMap(([whom, { ms, turn }]): Found[] =>
        ms > LONGEST_MS ? [{ why: `${whom} waits ${ms / 1_000} s`, steps: stepsOf(walked, turn) }] : [],
      ),
  },
];
