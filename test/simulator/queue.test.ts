import { describe, expect, test } from 'vitest';
import { virtualClock } from '../../src/simulator/clock.ts';
import { network } from '../../src/simulator/network.ts';
import { call } from '../../src/simulator/script.ts';
import { application, desk } from './application.ts';

/** An application in which callers wait for an agent, and the telephones of one network to call it with. */
async function hotline(enqueue = '<Enqueue action="/left" waitUrl="/wait">support</Enqueue>', routes = {}) {
  const app = await application({
    '/voice': `<Response>${enqueue}<Say>after the queue</Say></Response>`,
    '/wait': '<Response><Say>please wait</Say><Pause length="8"/></Response>',
    '/left': '<Response><Say>goodbye</Say></Response>',
    '/agent': '<Response><Dial action="/talked"><Queue url="/announce">support</Queue></Dial></Response>',
    '/announce': '<Response><Say>you are next</Say></Response>',
    '/talked': '<Response><Say>call over</Say></Response>',
    ...routes,
  });
  const exchange = network({ clock: virtualClock(0) });
  const dial = (path = '/voice') => call(`${app.url}${path}`, { ...desk, wordsPerMinute: 60, network: exchange });
  const sent = (path: string) =>
    app.requests.filter(({ url }) => url === path).map(({ form }) => Object.fromEntries(form));
  return { app, dial, sent, exchange };
}

describe('a caller in a queue', () => {
  test('hears what is played again and again, with the place in the queue', async () => {
    const { dial, sent } = await hotline();
    const phone = await dial();
    await phone.hear(/please wait/);
    await phone.listen();
    await phone.stayQuiet();
    await phone.listen();
    expect(sent('/wait')).toMatchObject([
      { QueuePosition: '1', QueueTime: '0', CurrentQueueSize: '1', MaxQueueSize: '1000' },
      { QueuePosition: '1', QueueTime: '10', AvgQueueTime: '0' },
    ]);
    expect(sent('/wait')[0]!.QueueSid).toMatch(/^QU[0-9a-f]{32}$/);
  });

  test('is taken by an agent, hears a word before, and both hear the application again after the talk', async () => {
    const { dial, sent } = await hotline();
    const caller = await dial();
    await caller.listen();
    const agent = await dial('/agent');
    await caller.hear(/you are next/);
    await caller.hangUp({ talkedMs: 20_000 });
    await agent.hear(/call over/);
    expect(sent('/announce')[0]).toMatchObject({ QueueTime: '10', CallSid: sent('/wait')[0]!.CallSid });
    expect(sent('/announce')[0]!.DequeingCallSid).toBe(sent('/agent')[0]!.CallSid);
    expect(sent('/talked')[0]).toMatchObject({ DialCallStatus: 'completed', DialCallDuration: '20' });
    expect(sent('/left')[0]).toMatchObject({ QueueResult: 'bridged', CallStatus: 'completed' });
  });

  test('goes on when the agent has hung up', async () => {
    const { dial, sent } = await hotline();
    const caller = await dial();
    await caller.listen();
    const agent = await dial('/agent');
    await agent.hangUp({ talkedMs: 5_000 });
    await caller.hear(/goodbye/);
    expect(sent('/left')[0]).toMatchObject({ QueueResult: 'bridged', QueueTime: '18' });
    expect(caller.transcript).toContain('  (connected with +6281100000000)');
  });

  test('is taken at once by an agent who was there before', async () => {
    const { dial, sent } = await hotline();
    const agent = await dial('/agent');
    await agent.listen();
    expect(agent.transcript.at(-1)).toBe('  (asks for the next of queue support)');
    const caller = await dial();
    await caller.hear(/you are next/);
    await caller.hangUp({ talkedMs: 3_000 });
    await agent.hear(/call over/);
    expect(sent('/talked')[0]).toMatchObject({ DialCallDuration: '3' });
  });

  test('leaves it where the document for who waits says so', async () => {
    const { dial, sent } = await hotline(undefined, {
      '/wait': '<Response><Gather numDigits="1" action="/enough"><Say>press any key to leave</Say></Gather></Response>',
      '/enough': '<Response><Leave/></Response>',
    });
    const phone = await dial();
    await phone.press('1');
    await phone.hear(/goodbye/);
    expect(sent('/left')[0]).toMatchObject({ QueueResult: 'leave' });
  });

  test('goes on in the same document where the Enqueue has no action', async () => {
    const { dial } = await hotline('<Enqueue waitUrl="/wait">support</Enqueue>', {
      '/wait': '<Response><Leave/></Response>',
    });
    const phone = await dial();
    await phone.hear(/after the queue/);
  });

  test('and hangs up: the application is told so', async () => {
    const { dial, sent, exchange } = await hotline();
    const phone = await dial();
    await phone.hangUp();
    expect(sent('/left')[0]).toMatchObject({ QueueResult: 'hangup', CallStatus: 'completed' });
    expect(exchange.queues.get('support')!.waiting).toEqual([]);
  });

  test('finds no room in a full one', async () => {
    const { dial, sent } = await hotline('<Enqueue maxQueueSize="1" action="/left">support</Enqueue>');
    const first = await dial();
    await first.listen();
    const second = await dial();
    await second.hear(/goodbye/);
    expect(sent('/left')[0]).toMatchObject({ QueueResult: 'queue-full' });
    await first.hangUp();
  });

  test('waits in vain where the document for who waits cannot be had', async () => {
    const { dial, sent } = await hotline(undefined, { '/wait': { status: 500 } });
    const phone = await dial();
    await phone.hear(/goodbye/);
    expect(sent('/left')[0]).toMatchObject({ QueueResult: 'error' });
  });

  test('waits in silence where there is no such document, or where nothing in it takes time', async () => {
    const silent = await hotline('<Enqueue>support</Enqueue>');
    const phone = await silent.dial();
    await phone.listen();
    expect(phone.transcript.at(-1)).toBe('  (waits in support)');
    await phone.hangUp();
    const { dial, sent } = await hotline(undefined, { '/wait': '<Response/>' });
    const other = await dial();
    await other.stayQuiet();
    while (!other.isOver) await other.stayQuiet();
    expect(sent('/wait').length).toBeLessThan(20);
    expect(other.duration).toBe(4 * 60 * 60 * 1_000);
  });

  test('may not be passed on by the document for who waits', async () => {
    const { dial } = await hotline(undefined, { '/wait': '<Response><Dial>+62215550101</Dial><Leave/></Response>' });
    const phone = await dial();
    await phone.hear(/goodbye/);
    expect(phone.warnings).toEqual([expect.stringMatching(/<Dial> may not stand in this document/)]);
  });
});

test('an agent who finds nobody in the queue goes on when the time is over', async () => {
  const { dial, sent } = await hotline();
  const agent = await dial('/agent');
  await agent.stayQuiet();
  await agent.hear(/call over/);
  expect(agent.duration).toBeGreaterThanOrEqual(30_000);
  expect(sent('/talked')[0]).toMatchObject({ DialCallStatus: 'no-answer' });
});

test('who waits longest is taken first', async () => {
  const { dial, sent } = await hotline();
  const first = await dial();
  await first.listen();
  const second = await dial();
  await second.listen();
  const agent = await dial('/agent');
  await first.hear(/you are next/);
  await agent.hangUp('at once');
  await second.hangUp();
  expect(sent('/announce')).toHaveLength(1);
  expect(sent('/announce')[0]!.CallSid).toBe(sent('/voice')[0]!.CallSid);
});

test('Leave outside a queue is warned about and passed over', async () => {
  const { dial } = await hotline('<Leave/>');
  const phone = await dial();
  await phone.hear(/after the queue/);
  expect(phone.warnings).toEqual([expect.stringMatching(/^12200 Leave/)]);
});
