import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
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
