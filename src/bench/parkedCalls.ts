import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Running, running } from './contenders.ts';
import { connectionTo, readyCalls } from './rounds.ts';

/** So many turns of each call are taken: its caller stands behind the question for the number, which was read back. */
const TURNS = 3;

/** How many bytes of the database a call takes that waits for its caller's next key: the whole file, by the calls in it. */
export async function parkedCallBytes(calls: number): Promise<number> {
  await using hotline = await running('hotline');
  await park(hotline, calls);
  await hotline.kill();
  const database = new DatabaseSync(join(hotline.folder, 'calls.db'));
  try {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const pages = database.prepare('SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size');
    return Number((pages.get() as { bytes: number }).bytes) / calls;
  } finally {
    database.close();
  }
}

async function park(hotline: Running, calls: number): Promise<void> {
  const ready = readyCalls(hotline)(calls)[Symbol.iterator]();
  const caller = async () => {
    const connection = connectionTo(hotline);
    for (const call of ready) for (const request of call.slice(0, TURNS)) await connection.ask(request);
    connection.close();
  };
  await Promise.all(Array.from({ length: 16 }, caller));
}
