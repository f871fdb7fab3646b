import { expect, test } from 'vitest';
import { prompts } from '../../prompts/prompts.ts';
import { nothingDone } from '../../src/load/doings.ts';
import { ear } from '../../src/load/ear.ts';
import { guesses } from '../../src/load/guesses.ts';
import type { LineEvent } from '../../src/simulator/telephone.ts';

const number = '0009990000011';

/** Somebody who is told that the search for this number is stopped, and hangs up; `meanwhile` others are told something. */
function stoppedCaller(known: ReturnType<typeof guesses>, meanwhile: () => void) {
  const doings = { ...nothingDone(() => null), typed: number };
  const { hear, findings } = ear(doings, '2026-11-21', {
    trouble: false,
    isSpent: (at) => known.isSpent('+62812', at),
    failed: () => {},
  });
  const says = { type: 'says', text: prompts.id.tooManyTries, language: 'id-ID', at: 0, ms: 5_000 };
  hear(says as LineEvent);
  meanwhile();
  hear({ type: 'ended', status: 'completed', by: 'caller', at: 6_000 } as LineEvent);
  return findings;
}

test('a caller is stopped by what others failed at the same number, who are told of it a moment later', () => {
  const known = guesses(() => 0);
  for (const other of ['one', 'two']) known.failed(other, number);
  expect(stoppedCaller(known, () => known.failed('three', number))).toEqual([]);
});

test('a caller who is stopped at a number at which nobody has failed so often was stopped too early', () => {
  const known = guesses(() => 0);
  for (const other of ['one', 'two']) known.failed(other, number);
  const elsewhere = () => known.failed('three', '0009990000012');
  expect(stoppedCaller(known, elsewhere)).toEqual([{ kind: 'wrong', what: 'the search was stopped too early' }]);
});
