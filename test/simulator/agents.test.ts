import { expect, test } from 'vitest';
import { hotline } from './hotline.ts';

test('an agent who finds nobody in the queue goes on when the time is over', async () => {
  const { dial, sent } = await hotline(undefined, {}, ['support']);
  const agent = await dial('/agent');
  await agent.stayQuiet();
  await agent.hear(/call over/);
  expect(agent.duration).toBeGreaterThanOrEqual(30_000);
  expect(sent('/talked')[0]).toMatchObject({ DialCallStatus: 'no-answer' });
});

test('an agent who dials a queue in which nobody has ever waited goes on at once', async () => {
  const { dial, sent, exchange } = await hotline();
  const agent = await dial('/agent');
  await agent.hear(/call over/);
  expect(agent.duration).toBe(0);
  expect(sent('/talked')[0]).toMatchObject({ DialCallStatus: 'failed', DialBridged: 'false' });
  expect(agent.warnings).toEqual([expect.stringMatching(/^12200 Queue: there is no queue "support"/)]);
  expect(exchange.queues.size).toBe(0);
});

test('who waits longest is taken first', async () => {
  const { dial, sent } = await hotline();
  const first = await dial();
  await first.waitUntilSilence();
  const second = await dial();
  await second.waitUntilSilence();
  const agent = await dial('/agent');
  await first.hear(/you are next/);
  await agent.hangUp('at once');
  await second.hangUp();
  expect(sent('/announce')).toHaveLength(1);
  expect(sent('/announce')[0]!.CallSid).toBe(sent('/voice')[0]!.CallSid);
});

test('a word before the talk that cannot be had ends the call of who waited, and nobody is connected', async () => {
  const { app, dial, sent } = await hotline(undefined, { '/announce': { status: 500 } });
  const caller = await dial('/voice', { fallbackUrl: `${app.url}/fallback` });
  await caller.waitUntilSilence();
  const agent = await dial('/agent');
  await caller.hear(/application error/);
  await agent.hear(/call over/);
  expect(sent('/left')[0]).toMatchObject({ QueueResult: 'hangup', CallStatus: 'completed' });
  expect(sent('/talked')[0]).toMatchObject({ DialBridged: 'false' });
  expect(sent('/fallback')).toEqual([]);
});

test('a word before the talk may be said, played and redirected, and nothing more', async () => {
  const { dial } = await hotline(undefined, {
    '/announce': '<Response><Gather/><Hangup/><Say>you are next</Say></Response>',
  });
  const caller = await dial();
  await caller.waitUntilSilence();
  const agent = await dial('/agent');
  await caller.hear(/you are next/);
  await agent.hangUp({ talkedMs: 1_000 });
  expect(caller.warnings).toEqual([
    expect.stringMatching(/<Gather> may not/),
    expect.stringMatching(/<Hangup> may not/),
  ]);
});
