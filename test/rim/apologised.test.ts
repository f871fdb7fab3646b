import { expect, test } from 'vitest';
import { callSid, echo, locked, serving } from './carrier.ts';

const other = `CA${'0b'.repeat(16)}`;

test('the switchboard is told of every call whose caller heard an apology, and knows then how that ended', async () => {
  const { switchboard, apologised } = echo();
  const { post } = await serving({ switchboard: { ...switchboard, answer: locked.answer } });
  await post({ path: '/voice/turns/3' });
  await post({ path: '/voice/fallback', form: { CallSid: other, ErrorCode: '11200' } });
  await post({ path: '/voice/fallback', form: { ErrorCode: '11200' } });
  expect(apologised).toEqual([callSid, other]);
});
