import { contenders, type OfEach } from './field.ts';
import type { Contender } from './server.ts';

/**
 * Lets each of the field have its turn, round after round, so that whatever else the machine does meanwhile meets all of
 * them alike.
 */
export async function inTurn<Found>(
  rounds: number,
  turn: (name: Contender) => Promise<Found>,
  onRound: () => void = () => {},
): Promise<OfEach<Found>[]> {
  const found: OfEach<Found>[] = [];
  for (let nth = 0; nth < rounds; nth++) {
    const one: Partial<OfEach<Found>> = {};
    for (const name of contenders) one[name] = await turn(name);
    found.push(one as OfEach<Found>);
    onRound();
  }
  return found;
}
