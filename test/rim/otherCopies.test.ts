import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { readSettings } from '../../src/config.ts';
import { frontDesk } from '../../src/frontDesk.ts';
import { startHotline } from '../../src/hotline.ts';
import type { MembershipService } from '../../src/membership/membership.ts';
import { ownPostgres } from '../database/ownPostgres.ts';
import { callSid, carrierOf, keptLog } from './carrier.ts';

const postgres = await ownPostgres();

const nobody: MembershipService = { findMember: async () => null, findBill: async () => null };
const authToken = 'tokenOfAllCopies1500400';

async function copy(databaseUrl: string) {
  const secrets = { DATA_KEY: '00'.repeat(32), TWILIO_AUTH_TOKEN: authToken };
  const settings = readSettings({ PORT: '0', DATABASE_URL: databaseUrl, ...secrets });
  const { log, troubles } = keptLog();
  const { url, close } = await startHotline(settings, { membership: nobody, log }, frontDesk);
  onTestFinished(close);
  return { url, post: carrierOf(url, authToken), troubles };
}

type Shown = { id: string; endedAt: number | null; steps: { did: string }[] };

/** A console that follows the list of calls, and waits until it is told this of the call. */
async function console(url: string) {
  const leaves = new AbortController();
  onTestFinished(() => leaves.abort());
  const { body } = await fetch(`${url}/calls`, { signal: leaves.signal });
  const texts = body!.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  const told = () => [...heard.matchAll(/^event: call\ndata: (.*)\n/gm)].map(([, json]) => JSON.parse(json!) as Shown);
  return async (isShown: (call: Shown) => boolean) => {
    while (!told().some((call) => call.id === callSid && isShown(call)))
      heard += (await texts.read()).value ?? expect.fail('the console is told no more');
  };
}

const turns =
  (...deeds: string[]) =>
  ({ steps }: Shown) =>
    steps.map(({ did }) => did).join() === deeds.join();

test('a console on one copy shows what callers do on another, turn by turn', async () => {
  const database = await postgres.newDatabase();
  const [here, there] = [await copy(database), await copy(database)];
  const shows = await console(here.url);
  await there.post('/voice');
  await shows(turns('begins'));
  await there.post('/voice/turns/1', { Digits: '4' });
  await shows(turns('begins', 'key.4'));
  await there.post('/voice/status', { CallStatus: 'completed' });
  await shows(({ endedAt }) => endedAt !== null);
});

test('a console whose copy has lost its connection shows what it has missed', async () => {
  const database = await postgres.newDatabase();
  const [here, there] = [await copy(database), await copy(database)];
  const shows = await console(here.url);
  await there.post('/voice');
  await shows(turns('begins'));
  await postgres.stop();
  await postgres.start();
  await there.post('/voice/turns/1', { Digits: '4' });
  await shows(turns('begins', 'key.4'));
});

test('nothing but the id of a call is called out', async () => {
  const database = await postgres.newDatabase();
  const { post } = await copy(database);
  const listener = new pg.Client(database);
  await listener.connect();
  await listener.query('LISTEN hotline_news');
  const heard = new Promise<string | undefined>((resolve) =>
    listener.once('notification', ({ payload }) => resolve(payload)),
  );
  await post('/voice', { From: '+6281100000001' });
  expect(await heard).toMatch(new RegExp(`^[0-9a-f]{12} ${callSid}$`));
  await listener.end();
});
