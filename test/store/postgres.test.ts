import { randomBytes } from 'node:crypto';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { postgresStore } from '../../src/store/postgres.ts';
import { type OwnPostgres, ownPostgres } from '../database/ownPostgres.ts';
import { remembersCalls, remembersFailures } from './contract.ts';

let postgres: OwnPostgres;
beforeAll(async () => {
  postgres = await ownPostgres();
});

const key = randomBytes(32);

async function opened(url: string, now?: () => Date, most?: number) {
  const store = await postgresStore(url, key, now, most);
  onTestFinished(store.close);
  return store;
}

async function onTrial() {
  let now = new Date();
  const setNow = (to: Date) => {
    now = to;
  };
  return { ...(await opened(await postgres.newDatabase(), () => now)), setNow };
}

remembersCalls(onTrial);
remembersFailures(onTrial);

test('hm', async () => {
  expect(1).toBe(1);
});
