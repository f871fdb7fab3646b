import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateInWords, digitsInWords, numberInWords } from '../../src/call/words.ts';
import { dateHeard } from '../../src/load/dateWords.ts';
import { digitsHeard, numberHeard } from '../../src/load/numberWords.ts';

const languages = ['id', 'en'] as const;

describe.each(languages)('a caller who hears in %s', (language) => {
  test('understands every whole number as it was meant', () => {
    fc.assert(
      fc.property(fc.oneof(fc.nat(2_000), fc.nat(999_999_999_999)), (number) => {
        expect(numberHeard(numberInWords(number, language), language)).toBe(number);
      }),
    );
  });

  test('understands digits one by one, whatever the pauses between them', () => {
    const digits = fc.stringMatching(/^\d{1,16}$/);
    const groups = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 4 });
    fc.assert(
      fc.property(digits, groups, (typed, pauses) => {
        expect(digitsHeard(digitsInWords(typed, pauses, language), language)).toBe(typed);
      }),
    );
  });

  test('understands days and months', () => {
    const days = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, fc.constantFrom(7, 10), (day, length) => {
        const date = day.toISOString().slice(0, length);
        expect(dateHeard(dateInWords(date, language), language)).toBe(date);
      }),
    );
  });
});

test.each([
  ['id', 'dua tiga empat'],
  ['id', 'puluh dua'],
  ['id', 'dua ratus ratus'],
  ['id', 'dua ribu tiga juta'],
  ['id', 'dua belas puluh'],
  ['id', ''],
  ['en', 'two three'],
  ['en', 'twenty eleven'],
  ['en', 'hundred five'],
  ['en', 'five thousand thousand'],
] as const)('a caller takes no heap of words for a number: %s, %s', (language, words) => {
  expect(numberHeard(words, language)).toBeNull();
});

test('a caller takes a word among digits, and a month that nobody knows, for nothing', () => {
  expect(digitsHeard('nol satu rupiah', 'id')).toBeNull();
  expect(dateHeard('satu Brumaire dua ribu', 'id')).toBeNull();
});
