import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statusCodes, statusToday } from '../../src/membership/family.ts';
import { inventedFamilies, inventedMembers } from '../../src/membership/inventedMembers.ts';
import { checkMemberNumber } from '../../src/membership/memberNumber.ts';
import { addMonths } from '../../src/membership/months.ts';
import { currentMonthUnpaid, monthsInArrears } from '../../src/membership/rules.ts';

const today = '2026-11-21';
const members = inventedMembers(today);
const people = inventedFamilies(today).flatMap((family) => family.members);
const owing = (day: string) =>
  inventedMembers(day).flatMap(({ paidThrough }) => (paidThrough ? [monthsInArrears(paidThrough, day)] : []));
const ages = members.flatMap(({ nik, segment }) =>
  segment === 'ppu' && nik ? [2026 - 2000 - Number(nik.slice(10, 12))] : [],
);

describe('a tester finds an invented member', () => {
  it('of every segment', () => {
    expect(new Set(members.map(({ segment }) => segment))).toEqual(new Set(['pbi', 'pemda', 'ppu', 'mandiri', 'bp']));
  });

  it('of every status code of the national API, and of one that is not there', () => {
    const codes = new Set(members.map(({ statusCode }) => statusCode));
    expect(codes).toEqual(new Set([...Object.values(statusCodes), '99']));
  });

  it('with 0, 1, 3, 5, 24 and 30 months in arrears, on any day', () => {
    const anyDay = fc.integer({ min: 0, max: 400 }).map((count) => `${addMonths('2024-01', count)}-15`);
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(owing(day)).toEqual(owing(today));
      }),
    );
    expect(owing(today)).toEqual(expect.arrayContaining([0, 1, 3, 5, 24, 30]));
  });

  it('who has no arrears but still has to pay this month', () => {
    const paid = members.filter((member) => member.paidThrough && !monthsInArrears(member.paidThrough, today));
    expect(new Set(paid.map(({ paidThrough }) => currentMonthUnpaid(paidThrough!, today)))).toEqual(
      new Set([true, false]),
    );
  });

  it('in a family of one and in a family of five', () => {
    expect(inventedFamilies(today).map((family) => family.members.length)).toEqual(expect.arrayContaining([1, 5]));
  });

  it('who is an employee’s child of 20, of 21 and of 25', () => {
    expect(ages).toEqual(expect.arrayContaining([20, 21, 25]));
  });

  it('whose record has no NIK', () => {
    expect(members.filter(({ nik }) => nik === null)).toHaveLength(1);
  });
});

describe('invented members', () => {
  it('have numbers that nobody else has', () => {
    const numbers = people.flatMap(({ cardNumber, nik }) => [cardNumber, nik ?? cardNumber + nik]);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('have cards that begin with 0009999 and NIKs with a serial that is given to nobody', () => {
    for (const { cardNumber, nik } of people) {
      expect(cardNumber).toMatch(/^0009999\d{6}$/);
      expect(nik ?? '0000').toMatch(/0000$/);
    }
  });

  it('have NIKs that could be real but for the serial, half of them women’s', () => {
    const niks = people.flatMap(({ nik }) => nik ?? []);
    for (const nik of niks) expect(checkMemberNumber(nik)).toMatchObject({ doubt: 'serial' });
    const women = niks.filter((nik) => Number(nik.slice(6, 8)) > 40).length;
    expect(women / niks.length).toBeGreaterThan(0.4);
    expect(women / niks.length).toBeLessThan(0.6);
  });

  it('say the same status that their payments say', () => {
    for (const member of members) expect(statusToday(member.statusCode, member, today)).toBe(member.statusCode);
  });

  it('keep their numbers for ever', () => {
    const numbers = (day: string) => inventedMembers(day).map(({ cardNumber, nik }) => [cardNumber, nik]);
    expect(numbers('2031-02-28')).toEqual(numbers(today));
  });
});
