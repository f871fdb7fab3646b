import fc from 'fast-check';
import { expect, test } from 'vitest';
import { masked, remembered } from '../../src/desk/remembered.ts';

const date = /(?<![\d-])\d{4}-[01]\d(-[0-3]\d)?(?![\d-])/g;
const digitsLeft = (text: string) => text.replace(date, '').match(/\d{4,}/g) ?? [];

/** Every text in a value, also the names in it. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...textsIn(inner)]);
}

const digits = fc.stringMatching(/^[0-9 +a-]{0,24}$/);

test('no text keeps four digits in a row, but in a date', () => {
  const kept = fc.anything({ values: [digits, fc.double(), fc.boolean()], key: digits, maxDepth: 3 });
  fc.assert(fc.property(kept, (value) => void expect(textsIn(masked(value)).flatMap(digitsLeft)).toEqual([])));
});

test('what has no long number stays as it is', () => {
  const kept = { day: '2026-11-21', month: '2026-09', key: '12', none: null, list: [1, { total: 2_000_000 }, true] };
  expect(masked(kept)).toEqual(kept);
});

test.each([
  ['0009999000017', '•••••••••••••'],
  ['0812-3456-7890', '••••-••••-••••'],
  ['NIK 3299991708850000.', 'NIK ••••••••••••••••.'],
  ['1-2026-11-21', '1-••••-11-21'],
  ['2026-99', '••••-99'],
])('%s is shown as %s', (text, shown) => {
  expect(masked(text)).toBe(shown);
});

test('a number of a card that is no text is hidden all the same', () => {
  expect(masked([9_999_000_017])).toEqual(['••••••••••']);
});

test('of a call is told where it stands and what it knows, and of none nothing', () => {
  const state = {
    flow: 'bill',
    place: { value: 'told', context: { session: { identified: { number: '0009999000017' } }, misses: 1 } },
    rest: { listen: { for: 'key', seconds: 8 } },
    typed: '0009',
  };
  expect(remembered(state)).toEqual({
    flow: 'bill',
    state: 'told',
    session: { identified: { number: '•'.repeat(13) } },
    misses: 1,
    waitsFor: { listen: { for: 'key', seconds: 8 } },
  });
  for (const none of [null, undefined, {}, { flow: 'bill' }]) expect(remembered(none)).toBeNull();
});
