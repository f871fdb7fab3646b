import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../src/config.ts';
import type { CareClass, Segment } from '../../src/membership/membership.ts';
import { addMonths, monthOf, monthsFrom } from '../../src/membership/months.ts';
import { type BillQuestion, billFor, instalmentsFor, suspensionAfter } from '../../src/membership/rules.ts';
import { contributionFor } from '../../src/membership/tariffs.ts';
import { todayInWib } from '../../src/membership/todayInWib.ts';

const alone = { cardNumber: '0009999000017', segment: 'mandiri', familySize: 1, careClass: 3 } as const;
const bill = (paidThrough: string, today: string) => billFor({ ...alone, paidThrough, today });

const months = fc
  .tuple(fc.integer({ min: 2023, max: 2099 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => `${year}-${String(month).padStart(2, '0')}`);
const days = fc.tuple(months, fc.integer({ min: 1, max: 28 })).map(([m, d]) => `${m}-${String(d).padStart(2, '0')}`);
const questions: fc.Arbitrary<BillQuestion> = fc
  .record({
    cardNumber: fc.stringMatching(/^00\d{11}$/),
    segment: fc.constantFrom<Segment>('mandiri', 'bp'),
    familySize: fc.integer({ min: 1, max: 12 }),
    careClass: fc.constantFrom<CareClass>(1, 2, 3),
    behind: fc.integer({ min: -12, max: 90 }),
    today: days,
  })
  .map(({ behind, ...rest }) => ({ ...rest, paidThrough: addMonths(monthOf(rest.today), -behind) }));
const always = (holds: (question: BillQuestion) => void) => fc.assert(fc.property(questions, holds));

describe('when cover stops', () => {
  it.each([
    ['2026-11', '2026-11-21', { monthsInArrears: 0, suspended: false, suspensionFrom: null }],
    ['2027-02', '2026-11-21', { monthsInArrears: 0, suspended: false, suspensionFrom: null }],
    ['2026-10', '2026-11-01', { monthsInArrears: 0, suspended: false, suspensionFrom: '2026-12-01' }],
    ['2026-10', '2026-11-30', { monthsInArrears: 0, suspended: false, suspensionFrom: '2026-12-01' }],
    ['2026-10', '2026-12-01', { monthsInArrears: 1, suspended: true, suspensionFrom: '2026-12-01' }],
    ['2026-09', '2026-11-21', { monthsInArrears: 1, suspended: true, suspensionFrom: '2026-11-01' }],
    ['2025-12', '2026-01-31', { monthsInArrears: 0, suspended: false, suspensionFrom: '2026-02-01' }],
    ['2025-11', '2026-01-01', { monthsInArrears: 1, suspended: true, suspensionFrom: '2026-01-01' }],
  ])('paid through %s and asking on %s', (paidThrough, today, expected) => {
    expect(bill(paidThrough, today)).toMatchObject(expected);
  });

  it('a family is suspended exactly when it has a month of arrears', () => {
    always((question) => {
      const { suspended, monthsInArrears } = billFor(question);
      expect(suspended).toBe(monthsInArrears > 0);
    });
  });

  it('cover stops on the first of a month, the second after the last one paid', () => {
    always(({ paidThrough }) => {
      expect(suspensionAfter(paidThrough)).toMatch(/-01$/);
      expect(monthsFrom(paidThrough, monthOf(suspensionAfter(paidThrough)))).toBe(2);
    });
  });
});

describe('what a family owes', () => {
  it.each([
    [1, 1, 150_000],
    [5, 1, 750_000],
    [1, 2, 100_000],
    [1, 3, 35_000],
    [5, 3, 175_000],
  ] as const)('%i members in class %i owe Rp%i for this month', (familySize, careClass, owed) => {
    const answer = billFor({ ...alone, familySize, careClass, paidThrough: '2026-10', today: '2026-11-21' });
    expect([answer.currentMonth, answer.arrears]).toEqual([owed, 0]);
  });

  it('whoever is 30 months in arrears is billed 24 of them and the current month', () => {
    expect(bill('2024-04', '2026-11-21')).toMatchObject({ monthsInArrears: 30, monthsBilled: 24, total: 25 * 35_000 });
  });

  it('class 3 paid 25,500 in December 2020 and 35,000 since January 2021', () => {
    expect([contributionFor(3, '2020-12'), contributionFor(3, '2021-01')]).toEqual([25_500, 35_000]);
    expect(bill('2020-11', '2021-02-05')).toMatchObject({ arrears: 25_500 + 35_000, currentMonth: 35_000 });
  });

  it('the longest bill can be reckoned on the first day that a hotline may pretend', () => {
    const today = '2022-08-01';
    expect(readSettings({ PRETEND_TODAY: today }).pretendToday).toBe(today);
    expect(bill('2017-01', today)).toMatchObject({ monthsBilled: 24, total: 5 * 25_500 + 20 * 35_000 });
  });

  it('no contribution is guessed for a month before the table begins', () => {
    expect(() => contributionFor(1, '2020-06')).toThrow(RangeError);
  });

  it('the total is arrears and current month, for every family', () => {
    always((question) => {
      const { total, arrears, currentMonth } = billFor(question);
      expect(total).toBe(arrears + currentMonth);
    });
  });

  it('nobody is billed more than 24 months of arrears, nor more months than they owe', () => {
    always((question) => {
      const { monthsBilled, monthsInArrears, arrears, familySize } = billFor(question);
      expect(monthsBilled).toBe(Math.min(24, monthsInArrears));
      expect(arrears).toBe(monthsBilled * familySize * contributionFor(question.careClass, monthOf(question.today)));
    });
  });

  it('who paid a month less never owes less', () => {
    always((question) => {
      const later = billFor({ ...question, paidThrough: addMonths(question.paidThrough, -1) });
      expect(later.total).toBeGreaterThanOrEqual(billFor(question).total);
    });
  });

  it('a family that waits a month never owes less', () => {
    always((question) => {
      const later = billFor({ ...question, today: `${addMonths(monthOf(question.today), 1)}-01` });
      expect(later.total).toBeGreaterThanOrEqual(billFor(question).total);
    });
  });

  it('a family without a suspension date owes nothing, and the other way round', () => {
    always((question) => {
      const { suspensionFrom, total } = billFor(question);
      expect(suspensionFrom === null).toBe(total === 0);
    });
  });

  it('the virtual accounts have 16 digits and end like the card', () => {
    always((question) => {
      const { common, mandiri } = billFor(question).virtualAccount;
      const tail = question.cardNumber.slice(2);
      expect([common, mandiri]).toEqual([`88888${tail}`, `89888${tail}`]);
    });
  });
});

describe('paying in instalments', () => {
  it.each([
    [0, null],
    [3, null],
    [4, 2],
    [5, 2],
    [23, 11],
    [24, 12],
    [25, null],
  ])('%i months in arrears may be paid in at most %s instalments', (inArrears, most) => {
    expect(instalmentsFor('mandiri', inArrears)?.most ?? null).toBe(most);
  });

  it('is for families of the mandiri segment only', () => {
    for (const segment of ['pbi', 'pemda', 'ppu', 'bp'] as const) expect(instalmentsFor(segment, 10)).toBeNull();
  });
});

describe('months', () => {
  it('go over the end of a year in both directions', () => {
    expect([addMonths('2026-12', 1), addMonths('2026-01', -1), addMonths('2026-11', -23)]).toEqual([
      '2027-01',
      '2025-12',
      '2024-12',
    ]);
  });

  it('added are months between, and taken away again lead back', () => {
    fc.assert(
      fc.property(months, fc.integer({ min: -500, max: 500 }), (month, count) => {
        expect(monthsFrom(month, addMonths(month, count))).toBe(count);
        expect(addMonths(addMonths(month, count), -count)).toBe(month);
      }),
    );
  });

  it('that are none are refused', () => {
    for (const text of ['2026-13', '2026-00', '2026-1', '', '2026-11-21'])
      expect(() => addMonths(text, 1)).toThrow(RangeError);
  });
});

describe('the day in western Indonesia', () => {
  it.each([
    ['2026-11-21T16:59:59Z', '2026-11-21'],
    ['2026-11-21T17:00:00Z', '2026-11-22'],
    ['2026-12-31T17:00:00Z', '2027-01-01'],
  ])('at %s is %s', (clock, day) => {
    expect(todayInWib(new Date(clock))).toBe(day);
  });
});
