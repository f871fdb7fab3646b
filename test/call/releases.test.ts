import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { callflows } from '../../callflows/index.ts';
import { rememberedCalls } from '../../src/call/rememberedCalls.ts';
import type { SpokenTurn } from '../../src/call/turn.ts';
import { postgresDatabase } from '../../src/database/postgresDatabase.ts';
import { callTables } from '../../src/database/steps.ts';
import { storeIn } from '../../src/store/store.ts';
import { type OwnPostgres, ownPostgres } from '../database/ownPostgres.ts';
import { switchboardOn } from './switchboardOn.ts';

let postgres: OwnPostgres;
beforeAll(async () => {
  postgres = await ownPostgres();
});

const { information: _, ...withoutInformation } = callflows;
type Flows = typeof callflows | typeof withoutInformation;

/** A copy of the server that leads calls by these flows, on a database that it shares with copies of other releases. */
async function copy(databaseUrl: string, flowVersion: string, flows: Flows) {
  const database = await postgresDatabase(databaseUrl, callTables, 4);
  onTestFinished(database.close);
  const { calls } = await storeIn(database, new Uint8Array(32));
  const { turn, hangUp, recent } = switchboardOn(rememberedCalls(calls), { flows, flowVersion });
  const endedBy = async () => {
    await hangUp('CA1');
    return (await recent(1))[0]?.record.flowVersion;
  };
  return { turn, endedBy };
}

async function twoReleases(older: Flows, newer: Flows) {
  const url = await postgres.newDatabase();
  return [await copy(url, 'older', older), await copy(url, 'newer', newer)] as const;
}

const said = ({ say }: SpokenTurn) => say.map(({ text }) => text.split(/[.,]/)[0]);
const [sorry, menu] = ['Sorry', 'To check whether the card is active'];
const information = 'For how to pay and your balance';

/** The caller asks in English for what the older or the newer release does not know. */
async function toInformation({ turn }: Awaited<ReturnType<typeof copy>>): Promise<void> {
  for (const [nth, key] of ['', '8', '4'].entries()) await turn(nth, key);
}

test('a call that an older release began goes on where it was on a copy of a newer one', async () => {
  const [older, newer] = await twoReleases(withoutInformation, callflows);
  await older.turn(0, '');
  await older.turn(1, '8');
  expect(said(await newer.turn(2, '4'))).toEqual([information]);
  expect(await newer.endedBy()).toBe('newer');
});

test('a call whose flow a newer release has no more starts again from the menu, in its language, with an apology', async () => {
  const [older, newer] = await twoReleases(callflows, withoutInformation);
  await toInformation(older);
  expect(said(await newer.turn(3, '1')).slice(0, 2)).toEqual([sorry, menu]);
  expect(said(await older.turn(4, '4')), 'and goes on from there on either').toEqual([information]);
});

test('a call in a flow that is new starts again where a proxy sends it to an older copy, and is led on by both', async () => {
  const [older, newer] = await twoReleases(withoutInformation, callflows);
  await toInformation(newer);
  expect(said(await older.turn(3, '1')).slice(0, 2)).toEqual([sorry, menu]);
  expect(said(await newer.turn(4, '4'))).toEqual([information]);
  expect(await older.endedBy()).toBe('newer');
});

test('a turn that copies of two releases are asked at once gets the answer of one of them from both', async () => {
  const [older, newer] = await twoReleases(withoutInformation, callflows);
  await toInformation(newer);
  const [one, other] = await Promise.all([older.turn(3, '1'), newer.turn(3, '1')]);
  expect(one).toEqual(other);
});
