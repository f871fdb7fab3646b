import type { CallStore } from '../call/callStore.ts';
import type { Database } from '../database/database.ts';
import { type Seal, sealWith } from '../database/seal.ts';
import type { FailedLookups } from '../membership/failedLookups.ts';
import { storedCalls } from './storedCalls.ts';
import { storedFailures } from './storedFailures.ts';

/** Calls and failed lookups in one database. */
export type Store = {
  calls: CallStore;
  failures: FailedLookups;
  /** Rejects when calls cannot be remembered. */
  check(): Promise<void>;
};

const KEY_CHECK = 'key check';

/** A database sealed with another key is refused at start, before calls in it are taken for strangers. */
async function checkKey({ prepare, read, alone, name }: Database, seal: Seal): Promise<void> {
  const select = prepare((query) => query.selectFrom('key_check').select('sealed'));
  const insert = prepare((query, { sealed }: { sealed: Uint8Array }) =>
    query
      .insertInto('key_check')
      .values({ id: 1, sealed })
      .onConflict((conflict) => conflict.doNothing()),
  );
  const sealed = seal.close(1, KEY_CHECK);
  if ((await read(select({}))).length === 0) await alone(({ write }) => write([insert({ sealed })]));
  const [row] = await read(select({}));
  try {
    seal.open(row!.sealed, KEY_CHECK);
  } catch (cause) {
    const advice = 'Give the DATA_KEY it was made with, or delete it and lose the calls that are in progress.';
    throw new Error(`${name} was sealed with another key. ${advice}`, { cause });
  }
}

/**
 * The store in a database. States are sealed and subjects hashed under `key` (32 bytes); the carrier's call ids stand in
 * clear. Every method rejects within a second or so when the database cannot be reached.
 * @throws when the database was sealed with another key.
 */
export async function storeIn(database: Database, key: Uint8Array, now: () => Date = () => new Date()): Promise<Store> {
  const seal = sealWith(key);
  await checkKey(database, seal);
  const { prepare, write } = database;
  const sealAgain = prepare((query, { sealed }: { sealed: Uint8Array }) =>
    query.updateTable('key_check').set({ sealed }),
  );
  return {
    calls: storedCalls(database, seal, now),
    failures: storedFailures(database, seal),
    async check() {
      await database.check();
      // A full disk gives the lock for writing and takes not a byte; and what is written as it stood is not written at all.
      await write([sealAgain({ sealed: seal.close(1, KEY_CHECK) })]);
    },
  };
}
