import { chmodSync, closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { CallStore } from '../call/callStore.ts';
import type { FailedLookups } from '../membership/lookupLimits.ts';
import { migrate } from './schema.ts';
import { type Seal, sealWith } from './seal.ts';

/** Calls and failed lookups in one file. */
export type SqliteStore = {
  calls: CallStore;
  failures: FailedLookups;
  /** Throws when the database cannot be read. */
  check(): void;
  close(): void;
};

/** How long a statement waits for another process; the whole server waits with it. */
const BUSY_MS = 500;

/** The file, readable by its owner only. SQLite gives its own files beside it the same rights. */
function openPrivately(file: string): DatabaseSync {
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const db = new DatabaseSync(file, { timeout: BUSY_MS });
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  return db;
}

const KEY_CHECK = 'key check';

/** A file sealed with another key is refused at start, before calls in it are taken for strangers. */
function checkKey(db: DatabaseSync, seal: Seal, file: string): void {
  db.prepare('INSERT INTO key_check (id, sealed) VALUES (1, ?) ON CONFLICT DO NOTHING').run(seal.close(1, KEY_CHECK));
  const row = db.prepare('SELECT sealed FROM key_check').get() as { sealed: Uint8Array };
  try {
    seal.open(row.sealed, KEY_CHECK);
  } catch (cause) {
    const advice = 'Give the DATA_KEY it was made with, or delete the file and lose the calls that are in progress.';
    throw new Error(`${file} was sealed with another key. ${advice}`, { cause });
  }
}

function storedCalls(db: DatabaseSync, seal: Seal, now: () => Date): CallStore {
  const select = db.prepare('SELECT turn, state FROM calls WHERE call = ?');
  const save = db.prepare(
    `INSERT INTO calls (call, turn, state, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (call) DO UPDATE SET turn = excluded.turn, state = excluded.state, at = excluded.at
     WHERE calls.turn = excluded.turn - 1`,
  );
  const forget = db.prepare('DELETE FROM calls WHERE call = ?');
  const forgetBefore = db.prepare('DELETE FROM calls WHERE at < ?');
  return {
    /** A state that was damaged in the file is forgotten: its caller begins again, like a stranger. */
    async load(call) {
      const row = select.get(call) as { turn: number; state: Uint8Array } | undefined;
      if (!row) return null;
      try {
        return { turn: row.turn, state: seal.open(row.state, call) };
      } catch {
        forget.run(call);
        return null;
      }
    },
    /** A call that nobody knows may begin at any turn: that is how a forgotten call starts again. */
    save: async (call, turn, state) => save.run(call, turn, seal.close(state, call), now().getTime()).changes === 1,
    forget: async (call) => void forget.run(call),
    forgetBefore: async (when) => Number(forgetBefore.run(when.getTime()).changes),
  };
}

function storedFailures(db: DatabaseSync, seal: Seal): FailedLookups {
  const insert = db.prepare(
    'INSERT INTO failed_lookups (subject, at) SELECT unhex(value), ? FROM json_each(?)', // one statement: all or none
  );
  const count = db.prepare('SELECT count(*) AS n FROM failed_lookups WHERE subject = ? AND at >= ?');
  const forgetBefore = db.prepare('DELETE FROM failed_lookups WHERE at < ?');
  const hex = (subject: string) => Buffer.from(seal.hash(subject)).toString('hex');
  return {
    add: async (subjects, at) => void insert.run(at.getTime(), JSON.stringify(subjects.map(hex))),
    count: async (subject, since) => (count.get(seal.hash(subject), since.getTime()) as { n: number }).n,
    forgetBefore: async (when) => Number(forgetBefore.run(when.getTime()).changes),
  };
}

/**
 * The store in a SQLite file, made where there is none. States are sealed and subjects hashed under `key` (32 bytes);
 * the carrier's call ids stand in clear. Every method throws within half a second when the database is locked.
 * @throws when the file was sealed with another key or belongs to a later version of this server.
 */
export function sqliteStore(file: string, key: Uint8Array, now: () => Date = () => new Date()): SqliteStore {
  const db = openPrivately(file);
  try {
    const seal = sealWith(key);
    migrate(db, file);
    checkKey(db, seal, file);
    const ping = db.prepare('SELECT count(*) FROM key_check');
    return {
      calls: storedCalls(db, seal, now),
      failures: storedFailures(db, seal),
      check: () => void ping.get(),
      close: () => db.close(),
    };
  } catch (error) {
    db.close();
    throw error;
  }
}
