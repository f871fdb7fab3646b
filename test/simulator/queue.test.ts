import { describe, expect, test } from 'vitest';
import { hotline } from './hotline.ts';

describe('a caller in a queue', () => {
  test('hears what is played again and again, with the place in the queue', async () => {
    const { dial, sent } = await hotline();
    const phone = await dial();
    await phone.hear(/please wait/);
    await phone.waitUntilSilence();
    await phone.stayQuiet();
    await phone.waitUntilSilence();
    expect(sent('/wait')).toMatchObject([
      { QueuePosition: '1', QueueTime: '0', CurrentQueueSize: '1', MaxQueueSize: '1000' },
      { QueuePosition: '1', QueueTime: '10', AvgQueueTime: '10', CurrentQueueSize: '1' },
    ]);
    expect(sent('/wait')[0]!.QueueSid).toMatch(/^QU[0-9a-f]{32}$/);
  });

  test('is taken by an agent, hears a word before, and both hear the application again after the talk', async () => {
    const { dial, sent } = await hotline();
    const caller = await dial();
    await caller.waitUntilSilence();
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
    await caller.waitUntilSilence();
    const agent = await dial('/agent');
    await agent.hangUp({ talkedMs: 5_000 });
    await caller.hear(/goodbye/);
    expect(sent('/left')[0]).toMatchObject({ QueueResult: 'bridged', QueueTime: '10' });
    expect(caller.transcript).toContain('  (connected with +6281100000000)');
  });

  test('is taken at once by an agent who was there before', async () => {
    const { dial, sent } = await hotline(undefined, {}, ['support']);
    const agent = await dial('/agent');
    await agent.waitUntilSilence();
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

  test('cannot wait at an address that is none', async () => {
    const { dial, sent } = await hotline('<Enqueue waitUrl="ftp://music" action="/left">support</Enqueue>');
    const phone = await dial();
    await phone.hear(/goodbye/);
    expect(phone.warnings).toEqual([expect.stringMatching(/^14202 Enqueue: Invalid waitUrl value/)]);
    expect(sent('/left')[0]).toMatchObject({ QueueResult: 'error' });
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
    await first.waitUntilSilence();
    const second = await dial();
    await second.hear(/goodbye/);
    expect(sent('/left')[0]).toMatchObject({ QueueResult: 'queue-full' });
    expect(sent('/left')[0]).not.toHaveProperty('QueueSid');
    expect(second.warnings).toEqual([expect.stringMatching(/^14207 /)]);
    await first.hangUp();
  });

  test('finds one that nobody has named before, and a thousand callers in it at the most', async () => {
    const { dial, sent, exchange } = await hotline();
    expect(exchange.queues.size).toBe(0);
    const phone = await dial();
    expect(sent('/wait')[0]).toMatchObject({ MaxQueueSize: '1000', CurrentQueueSize: '1' });
    const { waiting } = exchange.queues.get('support')!;
    const others = { callSid: '', since: 0, take: () => {} };
    while (waiting.length < 999) waiting.push(others);
    const last = await dial();
    expect(sent('/wait').at(-1)).toMatchObject({ QueuePosition: '1000' });
    const tooLate = await dial();
    await tooLate.hear(/goodbye/);
    expect(sent('/left')).toMatchObject([{ QueueResult: 'queue-full' }]);
    for (const one of [phone, last]) await one.hangUp('at once');
  });

  test('waits in vain where the document for who waits cannot be had', async () => {
    const { app, dial, sent } = await hotline(undefined, { '/wait': { status: 500 } });
    const phone = await dial('/voice', { fallbackUrl: `${app.url}/fallback` });
    await phone.hear(/goodbye/);
    expect(sent('/left')[0]).toMatchObject({ QueueResult: 'error' });
    expect(sent('/fallback')).toEqual([]);
  });

  test('waits in silence where there is no such document, or where nothing in it takes time', async () => {
    const silent = await hotline('<Enqueue>support</Enqueue>');
    const phone = await silent.dial();
    await phone.waitUntilSilence();
    expect(phone.transcript.at(-1)).toBe('  (waits in support)');
    await phone.hangUp();
    const { dial, sent } = await hotline(undefined, { '/wait': '<Response/>' });
    const other = await dial();
    await other.stayQuiet();
    while (!other.isOver) await other.stayQuiet();
    expect(sent('/wait').length).toBeLessThan(20);
    expect(other.duration).toBe(4 * 60 * 60 * 1_000);
  });

  test('is told the second place and how long both have waited on average', async () => {
    const { dial, sent } = await hotline('<Enqueue maxQueueSize="7" waitUrl="/wait">support</Enqueue>');
    const first = await dial();
    await first.waitUntilSilence();
    const second = await dial();
    expect(sent('/wait').at(-1)).toMatchObject({
      ...{ QueuePosition: '2', CurrentQueueSize: '2', MaxQueueSize: '7', QueueTime: '0', AvgQueueTime: '5' },
    });
    for (const phone of [second, first]) await phone.hangUp('at once');
  });

  test('of a Workflow stands in a queue like every other, with a warning', async () => {
    const task = '<Enqueue workflowSid="WW0123" waitUrl="/wait"><Task>{"language":"id"}</Task></Enqueue>';
    const { dial } = await hotline(task);
    const phone = await dial();
    await phone.hear(/please wait/);
    await phone.hangUp('at once');
    expect(phone.warnings).toEqual([expect.stringMatching(/^12200 Enqueue: workflowSid is not simulated/)]);
  });

  test('hears of one queue by one SID, from its first document to the end', async () => {
    const { dial, sent } = await hotline();
    const caller = await dial();
    await caller.waitUntilSilence();
    const agent = await dial('/agent');
    await agent.hangUp({ talkedMs: 5_000 });
    await caller.hear(/goodbye/);
    const other = await dial();
    await other.hangUp('at once');
    const sids = [...sent('/wait'), ...sent('/announce'), ...sent('/left')].map(({ QueueSid }) => QueueSid);
    expect(sids.length).toBeGreaterThan(4);
    expect(new Set(sids).size).toBe(1);
  });

  test('is led by the document for who waits to another one, and after it hears the first again', async () => {
    const { dial, sent } = await hotline(undefined, {
      '/wait': '<Response><Say>please wait</Say><Redirect>/more</Redirect></Response>',
      '/more': '<Response><Say>still waiting</Say></Response>',
    });
    const phone = await dial();
    await phone.hear(/still waiting/);
    await phone.waitUntilSilence();
    await phone.stayQuiet();
    await phone.hear(/please wait/);
    await phone.hangUp();
    expect(sent('/more')[0]).toMatchObject({ QueuePosition: '1', QueueTime: '2' });
  });

  test('is hung up on where the document for who waits says so', async () => {
    const { dial, sent } = await hotline(undefined, { '/wait': '<Response><Hangup/></Response>' });
    const phone = await dial();
    await phone.waitUntilSilence();
    expect(phone.isOver).toBe(true);
    expect(sent('/left')[0]).toMatchObject({ QueueResult: 'hangup', CallStatus: 'completed' });
  });

  test('and hangs up before the agent is heard: the two were never connected', async () => {
    const { dial, sent } = await hotline();
    const caller = await dial();
    await caller.waitUntilSilence();
    const agent = await dial('/agent');
    await caller.hangUp('at once');
    await agent.hear(/call over/);
    expect(sent('/left')[0]).toMatchObject({ QueueResult: 'hangup', QueueTime: '10' });
    expect(sent('/talked')[0]).toMatchObject({ DialBridged: 'false' });
  });

  test('is in no queue whose name is missing or too long', async () => {
    const { dial, sent, exchange } = await hotline(`<Enqueue action="/left">${'x'.repeat(65)}</Enqueue>`);
    const phone = await dial();
    await phone.hear(/goodbye/);
    expect(sent('/left')[0]).toMatchObject({ QueueResult: 'error' });
    expect(sent('/left')[0]).not.toHaveProperty('QueueSid');
    expect(exchange.queues.size).toBe(0);
  });

  test('may not be passed on by the document for who waits', async () => {
    const { dial } = await hotline(undefined, { '/wait': '<Response><Dial>+62215550101</Dial><Leave/></Response>' });
    const phone = await dial();
    await phone.hear(/goodbye/);
    expect(phone.warnings).toEqual([expect.stringMatching(/<Dial> may not stand in this document/)]);
  });
});

test('Leave outside a queue is warned about and passed over', async () => {
  const { dial } = await hotline('<Leave/>');
  const phone = await dial();
  await phone.hear(/after the queue/);
  expect(phone.warnings).toEqual([expect.stringMatching(/^12200 Leave/)]);
});
