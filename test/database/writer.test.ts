import { randomBytes } from 'node:crypto';
import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { inspect } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { sealWith, Unsealed } from '../../src/database/seal.ts';
import { writerOf } from '../../src/database/writer.ts';
import { ownFolder } from '../rim/folder.ts';

const statement = { number: 0, sql: 'INSERT INTO turns VALUES (?)' };
const turn = (values: [number | null]) => ({ statement, values });

function writerAndFile() {
  const file = join(ownFolder(), 'turns.db');
  const writer = writerOf(file);
  onTestFinished(writer.close);
  return { file, ...writer };
}

function makeTable(file: string): void {
  const database = new DatabaseSync(file);
  database.exec('CREATE TABLE turns (turn INTEGER NOT NULL) STRICT');
  database.close();
}

function turnsIn(file: string): unknown[] {
  const database = new DatabaseSync(file);
  const turns = database.prepare('SELECT turn FROM turns ORDER BY turn').all();
  database.close();
  return turns.map((row) => row.turn);
}

test('a thread that dies tells those whom it was writing for, and the next write starts another', async () => {
  const { file, write } = writerAndFile();
  mkdirSync(file); // nothing can be written to a folder
  const lost = [write([turn([1])]), write([turn([2])])];
  await setImmediate(); // what comes later lies there as another batch
  lost.push(write([turn([4])]));
  for (const each of lost)
    await expect(each).rejects.toMatchObject({
      message: `The thread that writes ${file} has died; the next write starts another.`,
      cause: { message: 'unable to open database file' },
    });
  rmdirSync(file);
  makeTable(file);
  expect(await write([turn([3])])).toEqual([1]);
  expect(turnsIn(file)).toEqual([3]);
});

test('a thread that starts anew seals as the one before it did', async () => {
  const { file, write } = writerAndFile();
  const seal = sealWith(randomBytes(32));
  const sealed = { number: 1, sql: 'INSERT INTO turns VALUES (?)' };
  const save = (value: string) => write([{ statement: sealed, values: [new Unsealed(seal, value, 'CA1')] }]);
  mkdirSync(file);
  await expect(save('lost')).rejects.toThrow('has died');
  rmdirSync(file);
  const database = new DatabaseSync(file);
  database.exec('CREATE TABLE turns (turn BLOB)');
  await save('first');
  await save('second');
  const rows = database.prepare('SELECT turn FROM turns').all() as { turn: Uint8Array }[];
  database.close();
  expect(rows.map(({ turn }) => seal.open(turn, 'CA1'))).toEqual(['first', 'second']);
});

test('what waits to be sealed can be printed by nobody', () => {
  const waiting = new Unsealed(sealWith(Buffer.from('a key of thirty-two bytes, really')), '0009999000017', 'CA1');
  const printed = inspect(waiting, { depth: 9, showHidden: true }) + JSON.stringify(waiting);
  expect(printed).not.toMatch(/0009999000017|thirty|61 20 6b/);
});

test('changes that belong together are made together or not at all', async () => {
  const { file, write } = writerAndFile();
  makeTable(file);
  const written = await Promise.allSettled([
    write([turn([1]), turn([2])]),
    write([turn([3]), turn([null])]),
    write([turn([4])]),
  ]);
  expect(written.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(turnsIn(file)).toEqual([1, 2, 4]);
});

test('what was asked for is written before the end, and nothing after it', async () => {
  const { file, write, close } = writerAndFile();
  makeTable(file);
  const last = write([turn([1])]);
  await close();
  expect(await last).toEqual([1]);
  expect(turnsIn(file)).toEqual([1]);
  await expect(write([turn([2])])).rejects.toThrow(/is closed/);
});
