import { recordCall } from '../simulator/recorded/recordedCall.ts';
import type { Crew, Soloist } from './crew.ts';
import { type Failure, failuresOf, type Property } from './failure.ts';
import type { Step } from './moment.ts';
import { noonOf } from './stage.ts';
import type { Turn, Walked } from './walk.ts';

/** The one call in which somebody does all this, as a walk. It ends early where the call does. */
export async function walkAlong({ dial, take }: Pick<Crew, 'dial' | 'take'>, steps: readonly Step[]): Promise<Walked> {
  const first = await dial();
  const moments = first.after ? [first.after] : [];
  const turns: Turn[] = [];
  for (const step of steps) {
    const moment = moments[turns.length];
    if (!moment) break;
    const outcome = await take(moment, [step]).then(
      ([one]) => one!,
      () => null,
    );
    if (!outcome) break;
    const goesOn = outcome.after !== null && !outcome.over && outcome.troubles.length === 0;
    if (goesOn) moments.push(outcome.after!);
    turns.push({ ...outcome, from: turns.length, step, to: goesOn ? moments.length - 1 : null });
  }
  return { first, moments, turns };
}

/** The fewest of these steps with which something is still so: one after the other is left out, as long as one can be. */
export async function fewest(
  steps: readonly Step[],
  isStillSo: (fewer: readonly Step[]) => Promise<boolean>,
): Promise<readonly Step[]> {
  for (let size = Math.max(1, steps.length >> 1); size > 0; size = size > 1 ? size >> 1 : 0)
    for (let at = 0; at < steps.length; at++) {
      const fewer = steps.toSpliced(at, size);
      if (fewer.length < steps.length && (await isStillSo(fewer))) return fewest(fewer, isStillSo);
    }
  return steps;
}

/** The shortest call that still shows what failed, written down so that it can be played. */
export async function shortestCall(
  soloist: Soloist,
  { property: name, why, steps }: Failure,
  all: readonly Property[],
  today: string,
): Promise<string> {
  const property = all.find((one) => one.name === name);
  const fails = async (fewer: readonly Step[]) =>
    property !== undefined &&
    failuresOf(property, await walkAlong(soloist, fewer)).some((failure) => failure.why === why);
  const shortest = (await fails(steps)) ? await fewest(steps, fails) : steps;
  const events = await soloist.play(shortest);
  const settings = {
    today,
    ...membershipIn(await walkAlong(soloist, shortest)),
    seed: soloist.seed,
    clock: new Date(noonOf(today)).toISOString(),
  };
  return recordCall(events, { sentence: `Not so: ${name}. ${why.replace(/\.$/, '')}.`, settings });
}

/** How a recorded call says that the membership service is in trouble from some answer on. */
function membershipIn({ turns }: Walked): { membership?: string } {
  const first = turns.findIndex(({ step }) => step.members !== 'well');
  if (first < 0) return {};
  const answers = turns.slice(0, first).flatMap(({ taken }) => taken.filter((name) => name.includes('xstate.done')));
  const count = answers.length;
  const trouble = turns[first]!.step.members.replace('down', 'unreachable');
  return { membership: count === 0 ? trouble : `${trouble} after ${count} answer${count === 1 ? '' : 's'}` };
}
