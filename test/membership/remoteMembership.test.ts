import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memberDirectory } from '../../src/membership/directory.ts';
import { type BreakerState, type MemberNumber, MembershipUnavailable } from '../../src/membership/membership.ts';
import { remoteMembership } from '../../src/membership/remoteMembership.ts';
import { keptLog } from '../rim/carrier.ts';
import { keptFolder } from '../rim/folder.ts';
import { membershipContract } from './contract.ts';
import { apiKey, type Lie, lies, memberServer } from './liar.ts';

const folder = keptFolder();
const today = '2026-11-21';
const card = '0009999000017';
const number: MemberNumber = { kind: 'card', digits: card };
const directory = await memberDirectory({ file: join(folder, 'members.db'), today: () => today });
const { log } = keptLog();
let server: Awaited<ReturnType<typeof memberServer>>;
beforeAll(async () => {
  server = await memberServer(directory, log);
});
afterAll(async () => {
  await server.close();
  await directory.close();
});

type Parts = Partial<Parameters<typeof remoteMembership>[0]>;
const client = (parts: Parts = {}) => remoteMembership({ url: server.url, apiKey, deadlineMs: 4_000, ...parts });

/** From now on the service answers with these, one after the other, and after the last one with the truth. */
function willLie(...next: (Lie | null)[]): void {
  Object.assign(server, { asked: 0, connections: 0, next: () => next.shift() ?? null });
}

/** Why nobody can tell. */
async function whyNot(asking: Promise<unknown>): Promise<string> {
  const error = await asking.then(
    (answer) => `answered ${JSON.stringify(answer)}`,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(MembershipUnavailable);
  return (error as Error).message.replace('The membership service ', '');
}

membershipContract('over the network', async (day) => {
  const own = await memberDirectory({ file: join(folder, `of-${day}.db`), today: () => day });
  const { url, close } = await memberServer(own, log);
  const service = remoteMembership({ url, apiKey, deadlineMs: 4_000 });
  return {
    service,
    async close() {
      await close();
      await own.close();
    },
  };
});

const reasons: Record<Lie, string> = {
  html: 'answers with text/html and not with JSON.',
  'an empty answer': 'answers with JSON that is empty or broken.',
  'half of the JSON': 'answers with JSON that is empty or broken.',
  'another shape': 'answered with a member that cannot be: member.',
  'a list': 'answered with a member that cannot be: member.',
  nothing: 'answered with a member that cannot be: member.',
  'a flood': 'answers with more than 64 kB.',
  'JSON as text': 'answers with text/plain and not with JSON.',
  400: 'does not understand us (400).',
  401: 'refuses our key: check MEMBERSHIP_API_KEY (401).',
  404: 'does not know the question: check MEMBERSHIP_URL (404).',
  429: 'is asked too often (429).',
  500: 'is out of order (500).',
  503: 'is out of order (503).',
  'a redirect': 'sends us elsewhere: check MEMBERSHIP_URL (302).',
  'slow headers': 'has not begun to answer in 0.1 s (MEMBERSHIP_DEADLINE_MS).',
  'a slow body': 'has not finished its answer in 0.1 s (MEMBERSHIP_DEADLINE_MS).',
  'a body broken off': 'broke its answer off.',
  'a connection cut': 'cannot be reached.',
};

describe('a service that does not tell', () => {
  test.each(Object.keys(lies) as Lie[])('because it answers with %s is known by its reason', async (lie) => {
    willLie(lie, lie);
    expect(await whyNot(client({ deadlineMs: 100 }).findMember(number))).toBe(reasons[lie]);
    expect(server.asked, 'only what found no connection is asked again').toBe(lie === 'a connection cut' ? 2 : 1);
  });

  test('because nobody listens there cannot be reached', async () => {
    const gone = await memberServer(directory, log);
    await gone.close();
    expect(await whyNot(client({ url: gone.url }).findMember(number))).toBe('cannot be reached.');
  });

  test('of whom it was asked, but of somebody else, is not believed', async () => {
    const other = await directory.findMember({ kind: 'card', digits: '0009999000020' });
    const bill = await directory.findBill('0009999000020');
    const lying = await memberServer({ findMember: async () => other, findBill: async () => bill }, log);
    const { findMember } = client({ url: lying.url });
    expect(await whyNot(findMember(number))).toBe('answered with another member than it was asked for.');
    await lying.close();
  });

  test('names nobody in its reason', async () => {
    for (const lie of Object.keys(lies) as Lie[]) {
      willLie(lie, lie);
      const { findMember } = client({ deadlineMs: 100 });
      const error: unknown = await findMember(number).catch((thrown: unknown) => thrown);
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/0009999|key-of/);
    }
  });
});

describe('a bill that belongs to somebody else', () => {
  test('is not believed', async () => {
    const answer = { cardNumber: '0009999000020', bill: await directory.findBill('0009999000020') };
    const mixedUp = createServer((request, response) => {
      request.resume().on('end', () => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
    }).listen(0, '127.0.0.1');
    await once(mixedUp, 'listening');
    const { port } = mixedUp.address() as AddressInfo;
    const { findBill } = client({ url: `http://127.0.0.1:${port}` });
    expect(await whyNot(findBill(card))).toBe('answered with another bill than it was asked for.');
    expect(await findBill('0009999000020')).toEqual(answer.bill);
    mixedUp.closeAllConnections();
    mixedUp.close();
  });
});

test('a connection that is lost before the answer is made again, once', async () => {
  willLie('a connection cut');
  expect(await client().findMember(number)).toMatchObject({ cardNumber: card });
  expect(server.asked).toBe(2);
});

test('many questions one after the other go over one connection', async () => {
  const service = client();
  await service.findMember(number);
  willLie();
  for (let time = 0; time < 20; time++) await service.findMember(number);
  expect([server.asked, server.connections <= 1]).toEqual([20, true]);
});

test('a number that cannot be one is nobody’s, and nobody is asked', async () => {
  willLie();
  const { findMember, findBill } = client();
  expect(await findMember({ kind: 'card', digits: '0009999' })).toBeNull();
  expect(await findMember({ kind: 'nik', digits: card })).toBeNull();
  expect(await findBill('no number')).toBeNull();
  expect(server.asked).toBe(0);
});

describe('a service that fails again and again', () => {
  const down: Lie[] = Array(5).fill(503);

  async function broken(parts: Parts = {}) {
    const states: BreakerState[] = [];
    willLie(...down);
    const service = client({ onBreaker: (state) => states.push(state), ...parts });
    for (const _ of down) await whyNot(service.findMember(number));
    server.asked = 0;
    return { ...service, states };
  }

  test('is asked no more for a while, and callers are told so at once', async () => {
    const { findMember, findBill, breaker, states } = await broken();
    expect(await whyNot(findMember(number))).toBe('failed 5 times in a row and has a rest.');
    expect(await whyNot(findBill(card))).toBe('failed 5 times in a row and has a rest.');
    expect([server.asked, breaker?.(), states]).toEqual([0, 'open', ['open']]);
  });

  test('is tried by one caller alone after its rest, and asked by all when it answers', async () => {
    const { findMember, breaker, states } = await broken({ restMs: 0 });
    const [trial, other] = [findMember(number), findMember(number)];
    expect(await whyNot(other)).toBe('is being tried by another call.');
    expect(await trial).toMatchObject({ cardNumber: card });
    expect(await findMember(number)).toMatchObject({ cardNumber: card });
    expect([breaker?.(), states, server.asked]).toEqual(['closed', ['open', 'halfOpen', 'closed'], 2]);
  });

  test('keeps nobody waiting by whom it is tried, and is trusted again when it answers late', async () => {
    const { findMember, breaker } = await broken({ restMs: 0, trialMs: 20, deadlineMs: 200 });
    willLie('slow headers');
    expect(await whyNot(findMember(number))).toBe('is being tried, and not back in 0.02 s.');
    expect(breaker?.()).toBe('halfOpen');
    await expect.poll(() => breaker?.()).toBe('open');
    expect(await findMember(number)).toMatchObject({ cardNumber: card });
    expect(breaker?.()).toBe('closed');
  });

  test('is not kept from answering by a clock that was set back', async () => {
    const { findMember } = await broken({ restMs: 30 });
    const realNow = Date.now;
    Date.now = () => realNow() - 3_600_000;
    try {
      await expect.poll(() => findMember(number).catch(() => null)).toMatchObject({ cardNumber: card });
    } finally {
      Date.now = realNow;
    }
  });

  test('and answers in between is asked on', async () => {
    willLie(...down.slice(1), null, ...down.slice(1), null);
    const { findMember, breaker } = client();
    for (let time = 0; time < 10; time++) await findMember(number).catch(() => {});
    expect(breaker?.()).toBe('closed');
  });
});

test('more callers at a time than the service can bear are told at once, and do it no harm', async () => {
  willLie('slow headers', 'slow headers');
  const { findMember, breaker } = client({ atOnce: 2, deadlineMs: 200 });
  const waiting = [findMember(number), findMember(number)].map(whyNot);
  expect(await whyNot(findMember(number))).toBe('has not answered 2 others yet.');
  expect(await Promise.all(waiting)).toEqual(
    Array(2).fill('has not begun to answer in 0.2 s (MEMBERSHIP_DEADLINE_MS).'),
  );
  expect(await findMember(number)).toMatchObject({ cardNumber: card });
  expect(breaker?.()).toBe('closed');
});
