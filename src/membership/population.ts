import { type Dice, diceOf } from './dice.ts';
import { type FamilyRecord, statusCodes } from './family.ts';
import type { CareClass, Segment } from './membership.ts';
import { addMonths, monthOf } from './months.ts';
import { provinces } from './provinces.ts';
import { uniqueNiks } from './uniqueNiks.ts';

/** How many members to invent, from which chance, and the day their payments are seen from. */
type PopulationWish = { members: number; seed: number; today: string };

/** The most members a population can have. */
export const mostMembers = 10_000_000;

/** The cards of so many begin with 0009990 to 0009998, and those of the others with 0009980 and so on. */
const FIRST_CARDS = 9_000_000;

/** The card number of the first member of a population, of the second, and so on. */
export function cardNumberOf(nth: number): string {
  const number = nth < FIRST_CARDS ? 9_990_000_000 + nth : 9_980_000_000 + nth - FIRST_CARDS;
  return String(number).padStart(13, '0');
}

type Weighed<Choice> = readonly (readonly [weight: number, choice: Choice])[];

const sizes: Weighed<number> = [
  [25, 1],
  [25, 2],
  [20, 3],
  [18, 4],
  [9, 5],
  [3, 6],
];
const homes: Weighed<string> = provinces.map(({ share, code }) => [share, code]);
const segments: Weighed<Segment> = [
  [40, 'pbi'],
  [16, 'pemda'],
  [24, 'ppu'],
  [18, 'mandiri'],
  [2, 'bp'],
];

const careClasses: Record<Segment, Weighed<CareClass>> = {
  pbi: [[1, 3]],
  pemda: [[1, 3]],
  ppu: [
    [1, 1],
    [2, 2],
  ],
  mandiri: [
    [15, 1],
    [20, 2],
    [65, 3],
  ],
  bp: [
    [1, 1],
    [1, 2],
  ],
};

/** The status codes of whole families that are inactive; who pays itself is judged by its payments alone. */
const inactiveCodes: Record<Segment, Weighed<string>> = {
  pbi: [[1, statusCodes.suspended]],
  pemda: [
    [1, statusCodes.suspended],
    [1, statusCodes.endOfMonth],
  ],
  ppu: [
    [3, statusCodes.endOfMonth],
    [1, statusCodes.unpaid],
  ],
  mandiri: [[1, statusCodes.unpaid]],
  bp: [[1, statusCodes.suspended]],
};

/** Months since the last one paid, from and to; below zero is paid ahead. */
const monthsBehind: Weighed<readonly [number, number]> = [
  [3, [-6, -1]],
  [45, [0, 0]],
  [14, [1, 1]],
  [14, [2, 4]],
  [9, [5, 12]],
  [8, [13, 25]],
  [7, [26, 60]],
];

/**
 * An invented population, family by family. The same wish gives the same members, and another day moves their payment
 * months only. Their cards are none of those that testers call as, whose cards begin with 0009999, and nobody's.
 */
export function* population({ members, seed, today }: PopulationWish): Generator<FamilyRecord> {
  if (members > mostMembers) throw new RangeError(`A population has at most ${mostMembers} members, not ${members}`);
  const dice = diceOf(seed);
  const nikOf = uniqueNiks(dice);
  let invented = 0;
  for (let index = 0; invented < members; index++) {
    const size = Math.min(dice.weighed(sizes), members - invented);
    // The first families live in one province each: even the smallest is never left out.
    const home = provinces[index]?.code ?? dice.weighed(homes);
    yield familyOf(dice, { size, first: invented, today, nik: (year) => nikOf(home, year) });
    invented += size;
  }
}

type FamilyWish = { size: number; first: number; today: string; nik: (birthYear: number) => string };

function familyOf(dice: Dice, { size, first, today, nik }: FamilyWish): FamilyRecord {
  const segment = dice.weighed(segments);
  const careClass = dice.weighed(careClasses[segment]);
  const paysItself = segment === 'mandiri' || (segment === 'bp' && dice.inHundred(10));
  const inactive = !paysItself && dice.inHundred(12);
  const code = inactive ? dice.weighed(inactiveCodes[segment]) : statusCodes.active;
  const paidThrough = paysItself ? addMonths(monthOf(today), -behind(dice)) : null;
  const members = Array.from({ length: size }, (_, place) => {
    const birthYear = place < 2 ? dice.between(1950, 2000) : dice.between(2001, 2025);
    return {
      cardNumber: cardNumberOf(first + place),
      nik: dice.inHundred(0.5) ? null : nik(birthYear),
      statusCode: statusOf(dice, segment, birthYear, code),
    };
  });
  return { segment, careClass, paidThrough, members };
}

function behind(dice: Dice): number {
  const [least, most] = dice.weighed(monthsBehind);
  return dice.between(least, most);
}

function statusOf(dice: Dice, segment: Segment, birthYear: number, ofFamily: string): string {
  if (dice.inHundred(1)) return statusCodes.deceased;
  const grown = birthYear > 2000 && birthYear < 2005;
  return segment === 'ppu' && grown ? statusCodes.childPastAge : ofFamily;
}
