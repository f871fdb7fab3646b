import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { transcriptDiff } from '../../src/simulator/recorded/transcriptDiff.ts';

const some = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });
const kept = (diff: string, sign: string) =>
  diff
    .split('\n')
    .filter((line) => line.startsWith(sign) || line.startsWith('  '))
    .map((line) => line.slice(2));

describe('the difference of two transcripts', () => {
  test('is empty where there is none', () => {
    fc.assert(
      fc.property(some, (lines) => {
        expect(transcriptDiff(lines, lines)).toBe('');
      }),
    );
  });

  test('leads from what was expected to what came', () => {
    fc.assert(
      fc.property(some, some, (expected, got) => {
        fc.pre(expected.join() !== got.join());
        const diff = transcriptDiff(expected, got, 99);
        expect(kept(diff, '-')).toEqual(expected);
        expect(kept(diff, '+')).toEqual(got);
      }),
    );
  });

  test('shows only what stands near a change', () => {
    const expected = [...'abcdefghijklmnop'];
    const got = expected.map((line) => (line === 'b' || line === 'o' ? line.toUpperCase() : line));
    expect(transcriptDiff(expected, got, 1).split('\n')).toEqual([
      '  a',
      '- b',
      '+ B',
      '  c',
      '  …',
      '  n',
      '- o',
      '+ O',
      '  p',
    ]);
  });
});
