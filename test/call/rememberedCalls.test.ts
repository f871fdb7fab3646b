import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CallStore } from '../../src/call/callStore.ts';
import { rememberedCalls } from '../../src/call/rememberedCalls.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { switchboardOn } from './switchboardOn.ts';

/** Several copies of the server on one store, which counts how often they read a call in it. */
async function copies() {
  const folder = mkdtempSync(join(tmpdir(), 'hotline-remembered-'));
  const { calls, close } = await sqliteStore(join(folder, 'calls.db'), new Uint8Array(32));
  onTestFinished(async () => {
    await close();
    rmSync(folder, { recursive: true });
  });
  const counts = { reads: 0 };
  const load: CallStore['load'] = (call) => {
    counts.reads += 1;
    return calls.load(call);
  };
  const copy = () => switchboardOn(rememberedCalls({ ...calls, load }));
  return { copy, counts };
}

test('a call that one copy leads from its beginning to its end is never read', async () => {
  const { copy, counts } = await copies();
  const { turn, hangUp, recent } = copy();
  for (const [nth, key] of ['', '4', '1', '9'].entries()) await turn(nth, key);
  await hangUp('CA1');
  expect(counts.reads).toBe(0);
  const [call] = await recent(1);
  expect(call!.record).toMatchObject({ outcome: 'contained', steps: { length: 4 } });
});

test('a beginning that comes again to another copy is answered as the call stands, which goes on', async () => {
  const { copy } = await copies();
  const [one, other] = [copy(), copy()];
  const began = await one.turn(0);
  expect(await other.turn(0)).toEqual(began);
  const latest = await one.turn(1, '4');
  expect(await copy().turn(0)).toEqual(latest);
  expect((await one.turn(2, '1')).nextTurn).toBe(3);
});

test('a copy that is told of the end knows also of the turns that another one took', async () => {
  const { copy } = await copies();
  const [one, other] = [copy(), copy()];
  await one.turn(0);
  await other.turn(1, '4');
  await one.hangUp('CA1');
  const [call] = await one.recent(1);
  expect(call!.record.steps.map(({ did }) => did)).toEqual(['begins', 'key.4']);
});

test('a beginning that comes when the call is over begins nothing', async () => {
  const { copy } = await copies();
  const [one, other] = [copy(), copy()];
  await one.turn(0);
  await other.hangUp('CA1');
  for (const late of [other, copy()])
    expect(await late.turn(0)).toEqual({ say: [], then: { hangUp: true }, nextTurn: 1 });
  await one.hangUp('CA1');
  expect((await one.recent(9)).map(({ record }) => record.steps.length)).toEqual([1]);
});

test('a call whose end was told to nobody is not remembered for longer than it may be kept', async () => {
  let minutes = 1;
  const kept = new Map<string, { turn: number; state: unknown }>();
  const store = {
    load: async (id: string) => kept.get(id) ?? null,
    save: async (id: string, turn: number, state: unknown) => !!kept.set(id, { turn, state }),
    forgetBefore: async () => Number(kept.clear() ?? 1),
  } as unknown as CallStore;
  const calls = rememberedCalls(store, { now: () => minutes * 60_000 });
  await calls.save('CA1', 0, 'where the call was', null);
  minutes += 30;
  expect(await calls.load('CA1', 1)).toMatchObject({ state: 'where the call was' });
  minutes += 31;
  await calls.forgetBefore({ calls: new Date(), records: new Date() });
  expect(await calls.load('CA1', 1)).toBeNull();
});
