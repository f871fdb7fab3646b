import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inventedFamilies } from '../../src/membership/inventedMembers.ts';
import { checkMemberNumber } from '../../src/membership/memberNumber.ts';
import { cardNumberOf, mostMembers, population } from '../../src/membership/population.ts';
import { provinces } from '../../src/membership/provinces.ts';
import { billFor, isSuspended } from '../../src/membership/rules.ts';

const today = '2026-11-21';
const familiesOf = (members: number, seed: number, day = today) => [...population({ members, seed, today: day })];
const peopleOf = (members: number, seed: number) => familiesOf(members, seed).flatMap((family) => family.members);
const bytesOf = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const forSomeSeeds = (holds: (seed: number) => void) => fc.assert(fc.property(seeds, holds), { numRuns: 10 });

describe('an invented population', () => {
  it('is the same for the same seed, byte for byte', () => {
    forSomeSeeds((seed) => {
      expect(bytesOf(familiesOf(3000, seed))).toBe(bytesOf(familiesOf(3000, seed)));
    });
  });

  it('of seed 1 is the same on every machine', () => {
    expect(familiesOf(100, 1)[3]).toEqual({
      segment: 'pemda',
      careClass: 3,
      paidThrough: null,
      members: [{ cardNumber: '0009990000011', nik: '1475012703900000', statusCode: '0' }],
    });
  });

  it('is another one for another seed', () => {
    expect(bytesOf(familiesOf(3000, 1))).not.toBe(bytesOf(familiesOf(3000, 2)));
  });

  it('has exactly as many members as asked for', () => {
    for (const members of [0, 1, 2, 7, 2000]) expect(peopleOf(members, 3)).toHaveLength(members);
  });

  it('cannot be larger than its card numbers', () => {
    expect(() => population({ members: mostMembers + 1, seed: 1, today }).next()).toThrow(RangeError);
  });

  it('has a card for each of its members that is none of those that testers call as', () => {
    const places = [0, 1, 8_999_999, 9_000_000, mostMembers - 1];
    expect(places.map(cardNumberOf)).toEqual([
      ...['0009990000000', '0009990000001', '0009998999999'],
      ...['0009980000000', '0009980999999'],
    ]);
  });

  it('has members of all 38 provinces among 10,000', () => {
    forSomeSeeds((seed) => {
      const found = new Set(peopleOf(10_000, seed).flatMap(({ nik }) => nik?.slice(0, 2) ?? []));
      expect(found).toEqual(new Set(provinces.map(({ code }) => code)));
    });
  });

  it('has only valid numbers, and no two alike', () => {
    forSomeSeeds((seed) => {
      const numbers = peopleOf(10_000, seed).flatMap(({ cardNumber, nik }) => (nik ? [cardNumber, nik] : [cardNumber]));
      expect(new Set(numbers).size).toBe(numbers.length);
      const doubted = numbers.map(checkMemberNumber).map((check) => ('ok' in check ? check.doubt : check.wrong));
      expect(new Set(doubted)).toEqual(new Set([null, 'serial']));
    });
  });

  it('never meets a member that testers call as', () => {
    const taken = new Set(
      inventedFamilies(today).flatMap((family) => family.members.flatMap((each) => [each.cardNumber, each.nik])),
    );
    forSomeSeeds((seed) => {
      const people = peopleOf(5000, seed);
      expect(people.filter(({ cardNumber, nik }) => taken.has(cardNumber) || (nik && taken.has(nik)))).toEqual([]);
      expect(people.every(({ cardNumber }) => cardNumber < '0009999000000')).toBe(true);
    });
  });

  it('ages with the day in its payments only', () => {
    const withoutMonths = (day: string) =>
      familiesOf(2000, 5, day).map(({ paidThrough, ...rest }) => [paidThrough !== null, rest]);
    expect(withoutMonths('2027-03-01')).toEqual(withoutMonths(today));
  });

  it('has bills that can all be reckoned', () => {
    for (const { segment, careClass, paidThrough, members } of familiesOf(10_000, 8)) {
      if (paidThrough === null) continue;
      const [{ cardNumber } = { cardNumber: '' }] = members;
      const bill = billFor({ cardNumber, segment, familySize: members.length, careClass, paidThrough, today });
      expect(bill.total).toBeLessThanOrEqual(25 * 6 * 150_000);
    }
  });

  it('has as many PBI, employees and suspended payers as a country might', () => {
    const families = familiesOf(20_000, 4);
    const part = (some: unknown[], of: unknown[]) => some.length / of.length;
    const mandiri = families.filter(({ segment }) => segment === 'mandiri');
    const suspended = mandiri.filter(({ paidThrough }) => isSuspended(paidThrough!, today));
    expect(
      part(
        families.filter(({ segment }) => segment === 'pbi'),
        families,
      ),
    ).toBeCloseTo(0.4, 1);
    expect(
      part(
        families.filter(({ segment }) => segment === 'ppu'),
        families,
      ),
    ).toBeCloseTo(0.24, 1);
    expect(part(suspended, mandiri)).toBeCloseTo(0.38, 1);
  });
});
