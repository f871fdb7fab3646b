import { chmodSync, closeSync, openSync, statSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { SqliteQueryCompiler } from 'kysely';
import type { Database, Filled } from './database.ts';
import { inOneGo } from './inOneGo.ts';
import { patiently } from './locked.ts';
import { preparing } from './prepare.ts';
import { type Step, sqliteWords, stepsFrom } from './steps.ts';
import { writerOf } from './writer.ts';

/** At start another server may be making the tables. Later a question hardly waits, since all calls wait with it. */
const BUSY_MS = { atStart: 2_000, later: 10 };

/** The file, readable by its owner only. SQLite gives its own files beside it the same rights. */
function openPrivately(file: string): DatabaseSync {
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const db = new DatabaseSync(file, { timeout: BUSY_MS.atStart });
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  return db;
}

const versionOf = (db: DatabaseSync) =>
  (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;

/** Brings a file to this server's version, whole or not at all, also when two servers start at once. */
function migrate(db: DatabaseSync, steps: readonly Step[], file: string): void {
  if (stepsFrom(versionOf(db), steps, file).length === 0) return;
  inOneGo(db, () => {
    const missing = stepsFrom(versionOf(db), steps, file);
    for (const step of missing) db.exec(step(sqliteWords));
    if (missing.length > 0) db.exec(`PRAGMA user_version = ${steps.length}`);
  });
}

/** Answers questions in the thread that asks: a question takes less time than a letter to another thread. */
function readerOf(db: DatabaseSync) {
  const statements = new Map<number, StatementSync>();
  return <Row>({ statement: { number, sql }, values }: Filled<Row>) =>
    statements.getOrInsertComputed(number, () => db.prepare(sql)).all(...values) as Row[];
}

/**
 * A database in one SQLite file, made where there is none, its tables those of these steps. It is read here and written
 * in a thread of its own. When another process has locked it, that is waited for half a second.
 * @throws when the file belongs to a later version of this server.
 */
export function sqliteDatabase(file: string, steps: readonly Step[]): Database {
  const db = openPrivately(file);
  try {
    migrate(db, steps, file);
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS.later}; PRAGMA query_only = ON`);
  } catch (error) {
    db.close();
    throw error;
  }
  const inode = statSync(file).ino;
  const read = readerOf(db);
  const { write, erase, close } = writerOf(file);
  return {
    name: file,
    prepare: preparing(new SqliteQueryCompiler()),
    read: (question) => patiently(() => read(question)),
    write,
    erase,
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
