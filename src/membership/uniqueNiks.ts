import type { Dice } from './dice.ts';

const regencies = [...Array.from({ length: 20 }, (_, index) => index + 1), 71, 72, 73, 74, 75];

/**
 * Makes NIKs of a province and birth year, no two alike. They end in the serial 0000, which is never given to anybody,
 * and name a district below 50: the invented members that testers call as live in 99.
 */
export function uniqueNiks(dice: Dice): (province: string, birthYear: number) => string {
  const given = new Set<number>();
  return (province, birthYear) => {
    for (;;) {
      const number = numberOf(dice, province, birthYear);
      if (given.has(number)) continue;
      given.add(number);
      return `${number}0000`;
    }
  };
}

/** The NIK without its serial. As a number it is exact, and a million of them need little memory. */
function numberOf(dice: Dice, province: string, birthYear: number): number {
  const regency = regencies[dice.between(0, regencies.length - 1)]!;
  const day = dice.between(1, 28) + (dice.inHundred(50) ? 40 : 0);
  const parts = [regency, dice.between(1, 49), day, dice.between(1, 12), birthYear % 100];
  return Number(province + parts.map((part) => String(part).padStart(2, '0')).join(''));
}
