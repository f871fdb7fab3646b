import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Language, type PromptKey, prompts } from '../../prompts/prompts.ts';
import { dateInWords, digitsInWords, inWords, numberInWords } from '../../src/call/words.ts';

const blanks = (text: string) => [...text.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name).sort();

test.each(Object.keys(prompts.id) as PromptKey[])('%s has the same blanks in every language', (prompt) => {
  for (const catalogue of Object.values(prompts)) expect(blanks(catalogue[prompt])).toEqual(blanks(prompts.id[prompt]));
});

test('every catalogue has the same lines', () => {
  for (const catalogue of Object.values(prompts)) expect(Object.keys(catalogue)).toEqual(Object.keys(prompts.id));
});

test.each([
  [0, 'nol'],
  [1, 'satu'],
  [10, 'sepuluh'],
  [11, 'sebelas'],
  [100, 'seratus'],
  [1000, 'seribu'],
  [150_000, 'seratus lima puluh ribu'],
  [1_000_000, 'satu juta'],
  [2_100_000, 'dua juta seratus ribu'],
])('%d is spoken as "%s"', (number, words) => {
  expect(numberInWords(number, 'id')).toBe(words);
});

/** What a listener makes of Indonesian number words, written down by its own rules and not by the speaker's. */
function understood(words: string): number {
  const units = ['nol', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan'];
  const scales: Record<string, number> = { ribu: 1e3, juta: 1e6, miliar: 1e9 };
  let [sum, group] = [0, 0];
  let last = 0;
  for (const word of words.replace(/\bse(puluh|belas|ratus|ribu)\b/g, 'satu $1').split(' ')) {
    if (units.includes(word)) last = units.indexOf(word);
    else if (word === 'belas') [group, last] = [group + 10 + last, 0];
    else if (word === 'puluh') [group, last] = [group + 10 * last, 0];
    else if (word === 'ratus') [group, last] = [group + 100 * last, 0];
    else [sum, group, last] = [sum + (group + last) * scales[word]!, 0, 0];
  }
  return sum + group + last;
}

test('every amount is understood as the amount that was meant', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (number) => {
      expect(understood(numberInWords(number, 'id'))).toBe(number);
    }),
  );
});

describe('digits', () => {
  test('are read one by one, in groups with a pause between', () => {
    expect(digitsInWords('0009999000017', [4, 4, 5], 'id')).toBe(
      'nol nol nol sembilan, sembilan sembilan sembilan nol, nol nol nol satu tujuh',
    );
  });

  test('are all read, in order, whatever the groups', () => {
    const names = Array.from('0123456789', (digit) => numberInWords(Number(digit), 'id'));
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,20}$/), fc.array(fc.integer({ min: 1, max: 7 })), (digits, groups) => {
        const words = digitsInWords(digits, groups, 'id').replaceAll(',', '').split(' ');
        expect(words.map((word) => names.indexOf(word)).join('')).toBe(digits);
      }),
    );
  });
});

test.each([
  ['2026-11-10', 'id', 'sepuluh November dua ribu dua puluh enam'],
  ['2026-08', 'id', 'Agustus dua ribu dua puluh enam'],
  ['2026-11-10', 'en', 'the tenth of November two thousand twenty-six'],
] as [string, Language, string][])('%s in %s is "%s"', (date, language, words) => {
  expect(dateInWords(date, language)).toBe(words);
});

describe('an utterance', () => {
  test('counts in words, and in the plural where the language has one', () => {
    const say = (months: number, language: Language) =>
      inWords({ prompt: 'arrears', values: { months } }, language).text;
    expect(say(3, 'id')).toBe('Ada tunggakan tiga bulan.');
    expect(say(1, 'en')).toBe('There is one month of arrears.');
    expect(say(3, 'en')).toBe('There are three months of arrears.');
  });

  test('names money without its sign, and keys by their names', () => {
    const total = { total: { rupiah: 2_100_000 }, people: 5 };
    expect(inWords({ prompt: 'totalToPay', values: total }, 'id').text).toContain('dua juta seratus ribu rupiah');
    expect(inWords({ prompt: 'wrongKey', values: { key: { key: 'star' } } }, 'id').text).toContain('bintang');
  });

  test('may be in another language than the call', () => {
    expect(inWords({ prompt: 'otherLanguage', language: 'en' }, 'id')).toEqual({
      text: 'For English, press 8.',
      language: 'en',
    });
  });

  test('is refused when a blank stays empty', () => {
    expect(() => inWords({ prompt: 'arrears' }, 'id')).toThrow(/months/);
  });
});
