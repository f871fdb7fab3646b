import { expect, onTestFinished, test } from 'vitest';
import { rehearsalHotline } from '../../src/commands/rehearsal.ts';
import type { MembershipService } from '../../src/membership/membership.ts';

const nobody: MembershipService = { findMember: async () => null, findBill: async () => null };
const nobodyOnAnyDay = async () => nobody;

test.each([
  [{ tody: '2026-11-21' }, '"# tody: 2026-11-21" is not understood: a recorded call may say today, membership,'],
  [{ constructor: 'x' }, '"# constructor: x" is not understood'],
  [{ today: 'yesterday' }, '"# today: yesterday" is not understood'],
  [{ membership: 'unreachable after many answers' }, 'is not understood'],
])('the world %j is refused', async (world, sentence) => {
  await expect(rehearsalHotline(world, nobodyOnAnyDay)).rejects.toThrow(sentence);
});

test('a world of all that may be said is rehearsed in', async () => {
  const world = {
    today: '2026-11-21',
    membership: 'unreachable after 2 answers',
    writeOff: 'announced',
    from: '+6281',
  };
  const hotline = await rehearsalHotline(world, nobodyOnAnyDay);
  onTestFinished(hotline.close);
  expect((await fetch(new URL('/health', hotline.url))).status).toBe(200);
});
