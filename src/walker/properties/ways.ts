import { patienceLeft } from '../../../callflows/gist.ts';
import { ASKED_AT_MOST } from '../../../callflows/steps.ts';
import { placeName } from '../../call/call.ts';
import { type Found, type Property, stepsOf, turnsWhere } from '../failure.ts';
import { distances, keysIn, turnsFrom } from '../graph.ts';
import type { Turn, Walked } from '../walk.ts';

/** An officer is so many keys away at the most; and one, wherever something is asked. */
const KEYS_TO_AN_OFFICER = { everywhere: 3, atAQuestion: 1 };

/** No question is heard more often than this while a caller does the same thing again and again. */
const PATIENCE = 5;

const stateAt = ({ moments }: Walked, index: number) => moments[index]!.stored.state;
const isRinging = (walked: Walked, index: number) => 'transfer' in stateAt(walked, index).rest;

const answered: Property = {
  name: 'whatever a caller does is answered',
  failures: turnsWhere(({ step, heard, troubles, from }, walked) => {
    const isAnswered = heard.length > 0 || troubles.length > 0 || step.act.does === 'hangs up';
    return isAnswered ? null : `nothing is said at ${placeName(stateAt(walked, from))}`;
  }),
};

const canBeTaken: Property = {
  name: 'every turn can be taken',
  failures: turnsWhere(({ troubles, step }) =>
    step.members === 'well' && troubles[0] && !isCircle(troubles[0]) ? troubles[0] : null,
  ),
};

const serviceLeadsOn: Property = {
  name: 'a membership service that cannot tell has a way out',
  failures: turnsWhere(({ troubles, step, from }, walked) =>
    step.members !== 'well' && troubles[0]
      ? `no way on from ${placeName(stateAt(walked, from))}: ${troubles[0]}`
      : null,
  ),
};

const noDeadEnd: Property = {
  name: 'every call can come to an end',
  failures(walked) {
    const from = turnsFrom(walked);
    const ends = (index: number) =>
      from[index]!.length === 0 || from[index]!.some(({ over, step }) => over && step.act.does !== 'hangs up');
    const far = distances(walked, ends, () => 1);
    return far.flatMap((way, index) =>
      way === Number.POSITIVE_INFINITY
        ? [{ why: `no way leads out of ${placeName(stateAt(walked, index))}`, steps: walked.moments[index]!.steps }]
        : [],
    );
  },
};

const isCircle = (trouble: string) => /in a circle|infinite loop|iterations/i.test(trouble);

/** Where a caller comes by doing the same thing on and on, for as long as the question stays; the turns in order. */
function insisting(walked: Walked, from: readonly Turn[][], first: Turn): { turns: Turn[]; isEndless: boolean } {
  const place = placeName(stateAt(walked, first.from));
  const act = JSON.stringify(first.step);
  const turns = [first];
  // A `#` out of habit, after a number that was complete, is heard by nobody.
  const isHeard = ({ after }: Turn) => after?.stored.state.did !== null;
  for (let at = first.to; at !== null && placeName(stateAt(walked, at)) === place; at = turns.at(-1)!.to) {
    if (!isHeard(turns.at(-1)!)) break;
    const next = from[at]!.find(({ step }) => JSON.stringify(step) === act);
    if (!next) break;
    if (turns.length > PATIENCE) return { turns, isEndless: true };
    turns.push(next);
  }
  return { turns, isEndless: false };
}

const noLoop: Property = {
  name: 'nothing goes round for ever',
  failures(walked) {
    const from = turnsFrom(walked);
    const loops = walked.turns.flatMap((turn): Found[] => {
      if (turn.troubles.some(isCircle)) return [{ why: turn.troubles[0]!, steps: stepsOf(walked, turn) }];
      const { turns, isEndless } = insisting(walked, from, turn);
      const steps = [...walked.moments[turn.from]!.steps, ...turns.map(({ step }) => step)];
      return isEndless ? [{ why: `${placeName(stateAt(walked, turn.from))} is asked again and again`, steps }] : [];
    });
    return [...loops, ...silentForEver(walked, from)];
  },
};

/** Callers who say nothing, and whom no officer answers, and whose call never ends. */
function silentForEver(walked: Walked, from: readonly Turn[][]): Found[] {
  const isIdle = ({ step: { act } }: Turn) =>
    act.does === 'stays quiet' || (act.does === 'officer' && act.how === 'does not answer');
  const ends = (index: number) => {
    const idle = from[index]!.filter(isIdle);
    return idle.length === 0 || idle.some(({ over }) => over);
  };
  return distances(walked, ends, (turn) => (isIdle(turn) ? 1 : null)).flatMap((way, index) =>
    way === Number.POSITIVE_INFINITY
      ? [
          {
            why: `who is silent at ${placeName(stateAt(walked, index))} is kept for ever`,
            steps: walked.moments[index]!.steps,
          },
        ]
      : [],
  );
}

const officerNear: Property = {
  name: 'an officer is within three keys from everywhere, and one key away from every question',
  failures(walked) {
    const from = turnsFrom(walked);
    const far = distances(
      walked,
      (index) => isRinging(walked, index),
      ({ step }) => keysIn(step),
    );
    return far.flatMap((keys, index) => {
      const { steps } = walked.moments[index]!;
      const place = placeName(stateAt(walked, index));
      const zero = from[index]!.find(({ step: { act } }) => act.does === 'presses' && act.keys === '0');
      if (!zero) return [];
      if (keys > KEYS_TO_AN_OFFICER.everywhere) return [{ why: `no officer is near ${place}`, steps }];
      return keys > KEYS_TO_AN_OFFICER.atAQuestion
        ? [{ why: `0 does not lead to an officer at ${place}`, steps: [...steps, zero.step] }]
        : [];
    });
  },
};

const sameAgain: Property = {
  name: 'a turn that is repeated is the same',
  failures: ({ turns, moments }) =>
    turns.flatMap(({ sameAgain, from }) =>
      sameAgain ? [] : [{ why: 'another answer comes the second time', steps: moments[from]!.steps }],
    ),
};

const askedAtMost: Property = {
  name: `no question is asked more than ${ASKED_AT_MOST} times in a row`,
  failures: ({ moments }) =>
    moments
      .filter(({ stored }) => patienceLeft(stored.state).missed >= ASKED_AT_MOST)
      .map(({ stored, steps }) => ({ why: `${placeName(stored.state)} is asked once more`, steps })),
};

const neverTwiceTheSame: Property = {
  name: 'nobody is asked to wait twice in the same words',
  failures: turnsWhere(({ waits, from }, walked) =>
    new Set(waits).size === waits.length ? null : `${waits.join(', ')} after ${placeName(stateAt(walked, from))}`,
  ),
};

/** What must be true of the ways that calls go. */
export const ofWays: readonly Property[] = [
  answered,
  canBeTaken,
  serviceLeadsOn,
  noDeadEnd,
  noLoop,
  askedAtMost,
  officerNear,
  neverTwiceTheSame,
  sameAgain,
];
