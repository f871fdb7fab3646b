import { expect, test } from 'vitest';
import { inOwnWords } from '../../src/membership/inOwnWords.ts';
import { MembershipUnavailable } from '../../src/membership/membership.ts';

test('an error of ours is told as it is, and where it happened', () => {
  const error = new MembershipUnavailable('The membership service has not answered in 4 s (MEMBERSHIP_DEADLINE_MS).');
  const { name, message, stack, cause } = inOwnWords(error);
  expect({ name, message, stack, cause }).toEqual({
    ...error,
    message: error.message,
    stack: error.stack,
    cause: undefined,
  });
});

test('of an error of somebody else its kind, its code and the place are told, and nothing that it says', () => {
  const refused = Object.assign(new Error('connect for Siti'), { code: 'ECONNREFUSED' });
  const told = inOwnWords(
    new MembershipUnavailable('Nobody answers.', { cause: new TypeError('of Siti', { cause: refused }) }),
  );
  expect(told).toMatchObject({
    message: 'Nobody answers.',
    cause: { name: 'TypeError', message: '', cause: { name: 'Error', message: 'ECONNREFUSED' } },
  });
  const stacks = [told, told.cause, (told.cause as Error).cause].map((error) => (error as Error).stack);
  expect(stacks.join()).not.toContain('Siti');
  for (const stack of stacks) expect(stack).toMatch(/\n +at .*inOwnWords\.test\.ts/);
});

test('what is no error at all is not told', () => {
  expect(inOwnWords('Siti').message).toBe('The service has thrown what is no error but a string.');
});
