import type { Step } from './moment.ts';
import type { Turn, Walked } from './walk.ts';

/** The turns that were taken from each moment. */
export function turnsFrom({ moments, turns }: Walked): Turn[][] {
  const from = moments.map((): Turn[] => []);
  for (const turn of turns) from[turn.from]!.push(turn);
  return from;
}

/** How many keys a caller presses in a step; null for who waits, or does something else than press. */
export const keysIn = ({ act }: Step): number | null => (act.does === 'presses' ? act.keys.length : null);

/**
 * How little it takes from each moment until something is reached, each turn costing what is said of it (null: that is no
 * way). Infinity where it is never reached.
 */
export function distances(
  walked: Walked,
  isReached: (moment: number) => boolean,
  cost: (turn: Turn) => number | null,
): number[] {
  const far = walked.moments.map((_, moment) => (isReached(moment) ? 0 : Number.POSITIVE_INFINITY));
  const ways = walked.turns.flatMap((turn) => {
    const takes = cost(turn);
    return turn.to === null || takes === null ? [] : [{ from: turn.from, to: turn.to, takes }];
  });
  for (let isShorter = true; isShorter; ) {
    isShorter = false;
    for (const { from, to, takes } of ways)
      if (far[to]! + takes < far[from]!) {
        far[from] = far[to]! + takes;
        isShorter = true;
      }
  }
  return far;
}
