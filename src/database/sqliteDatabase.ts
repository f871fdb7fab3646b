import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { SqliteQueryCompiler } from 'kysely';
import type { Database, Filled, Statement, Tables } from './database.ts';
import { inOneGo } from './inOneGo.ts';
import { isLocked } from './isLocked.ts';
import { patiently } from './patiently.ts';
import { preparing } from './prepare.ts';
import { asStored } from './seal.ts';
import { type Part, sqliteWords, stepsLeft } from './steps.ts';
import { writerOf } from './writer.ts';

/** At start another server may be making the tables. Later a question hardly waits, since all calls wait with it. */
const BUSY_MS = { atStart: 2_000, later: 10 };

/** How long whoever works alone waits for another who does. */
const WORK_MS = 60_000;

/** SQLite's numbers for a file that is damaged, and for one that never was a database; it does not say which file. */
const DAMAGED = [11, 26];

function named(error: unknown, file: string): unknown {
  if (!(error instanceof Error && 'errcode' in error && DAMAGED.includes(Number(error.errcode)))) return error;
  const advice = 'put a backup of it back, move it away, or name another file';
  return new Error(`${file} is damaged, or no SQLite database: ${advice}.`, { cause: error });
}

/** The file, in its folder, readable by its owner only. SQLite gives its own files beside it the same rights. */
function openPrivately(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const db = new DatabaseSync(file, { timeout: BUSY_MS.atStart });
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    return db;
  } catch (error) {
    db.close();
    throw named(error, file);
  }
}

/**
 * So much of a large file is read as if it were memory, which is as much as SQLite maps: a lookup among millions then
 * copies no page. Of calls nothing is: where a disk fails under such a memory, the process ends without a word.
 */
const MAPPED_BYTES = 2 ** 31 - 65_536;

const versionOf = (db: DatabaseSync) =>
  (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;

/** Brings a file to this server's version, whole or not at all, also when two servers start at once. */
function migrate(db: DatabaseSync, part: Part, file: string): void {
  const missing = () => stepsLeft(part, versionOf(db), sqliteWords, file);
  if (missing().length === 0) return;
  inOneGo(db, () => {
    const steps = missing();
    for (const step of steps) db.exec(step);
    if (steps.length > 0) db.exec(`PRAGMA user_version = ${part.steps.length}`);
  });
}

/** Answers and changes in the thread that asks: a question takes less time than a letter to another thread. */
function tablesOf(db: DatabaseSync) {
  const statements = new Map<number, StatementSync>();
  const prepared = ({ number, sql }: Statement<unknown>) =>
    statements.getOrInsertComputed(number, () => db.prepare(sql));
  return {
    read: <Row>({ statement, values }: Filled<Row>) => prepared(statement).all(...values.map(asStored)) as Row[],
    change: ({ statement, values }: Filled) => Number(prepared(statement).run(...values.map(asStored)).changes),
  };
}

/** Work on a connection of its own, which holds the lock for writing until all of it is done. */
async function workedAlone<Result>(file: string, work: (tables: Tables) => Promise<Result>): Promise<Result> {
  const db = openPrivately(file);
  try {
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS.later}`);
    await patiently(() => db.exec('BEGIN IMMEDIATE'), isLocked, WORK_MS);
    const { read, change } = tablesOf(db);
    const result = await work({ read: async (question) => read(question), write: async (some) => some.map(change) });
    db.exec('COMMIT');
    return result;
  } finally {
    db.close(); // what is not committed is not done
  }
}

/**
 * A database in one SQLite file, made where there is none with these tables. It is read here and written
 * in a thread of its own. When another process has locked it, that is waited for half a second.
 * @throws when the file is no database, or belongs to a later version of this server.
 */
export function sqliteDatabase(file: string, part: Part): Database {
  const db = openPrivately(file);
  try {
    migrate(db, part, file);
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS.later}; PRAGMA query_only = ON`);
    if (part.large) db.exec(`PRAGMA mmap_size = ${MAPPED_BYTES}`);
  } catch (error) {
    db.close();
    throw named(error, file);
  }
  const inode = statSync(file).ino;
  const { read } = tablesOf(db);
  const { write, erase, close } = writerOf(file);
  return {
    name: file,
    prepare: preparing(new SqliteQueryCompiler(), 'blob'),
    read: (question) => patiently(() => read(question), isLocked),
    write,
    alone: (work) => workedAlone(file, work),
    erase,
    news: null,
    async check() {
      if (statSync(file, { throwIfNoEntry: false })?.ino !== inode)
        throw new Error(`${file} was moved or deleted while it is in use: start the hotline again.`);
      await write([]); // takes the lock for writing and gives it back
    },
    async close() {
      await close();
      if (db.isOpen) db.close(); // the last one to close it tidies up
    },
  };
}
