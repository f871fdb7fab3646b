import fc from 'fast-check';
import { expect, test } from 'vitest';
import { owed } from '../../src/load/law.ts';
import { billFor } from '../../src/membership/rules.ts';

const today = '2026-11-22';
const alone = { careClass: 3, people: 1, isMandiri: true } as const;

test.each([
  ['paid ahead', '2027-02', { monthsBehind: 0, total: 0, holdsUntil: null, isSuspended: false }],
  ['paid', '2026-11', { monthsBehind: 0, total: 0, holdsUntil: null, isSuspended: false }],
  ['this month unpaid', '2026-10', { monthsBehind: 0, total: 35_000, holdsUntil: '2026-12-01', isSuspended: false }],
  ['one month behind', '2026-09', { monthsBehind: 1, total: 70_000, holdsUntil: '2026-11-01', isSuspended: true }],
  ['thirty behind', '2024-04', { monthsBehind: 30, total: 875_000, holdsUntil: '2024-06-01', isSuspended: true }],
])('who has %s owes what the law says', (_, paidThrough, expected) => {
  expect(owed({ ...alone, paidThrough }, today)).toMatchObject(expected);
});

test('who is suspended on the 1st was covered on the day before, though the 10th had passed', () => {
  expect(owed({ ...alone, paidThrough: '2026-09' }, '2026-10-31').isSuspended).toBe(false);
  expect(owed({ ...alone, paidThrough: '2026-09' }, '2026-11-01').isSuspended).toBe(true);
});

const month = fc
  .tuple(fc.integer({ min: 2020, max: 2030 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, of]) => `${year}-${String(of).padStart(2, '0')}`);
const day = fc.date({ min: new Date('2022-08-01'), max: new Date('2029-12-31'), noInvalidDate: true });

test('the law read by the callers and the law read by the hotline ask for the same, whoever owes since when', () => {
  const people = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(month, fc.constantFrom(1, 2, 3), people, fc.boolean(), day, (paidThrough, careClass, size, own, on) => {
      const date = on.toISOString().slice(0, 10);
      const segment = own ? 'mandiri' : 'bp';
      const terms = { cardNumber: '0009990000000', familySize: size, careClass, paidThrough, today: date } as const;
      const bill = billFor({ ...terms, segment });
      expect(owed({ paidThrough, careClass, people: size, isMandiri: own }, date)).toEqual({
        monthsBehind: bill.monthsInArrears,
        total: bill.total,
        holdsUntil: bill.suspensionFrom,
        isSuspended: bill.suspended,
        mostInstalments: bill.instalments?.most ?? null,
      });
    }),
    { numRuns: 1_000 },
  );
});
