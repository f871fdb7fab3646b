import { sqliteDatabase } from '../database/sqliteDatabase.ts';
import { callTables } from '../database/steps.ts';
import { type Store, storeIn } from './store.ts';

/** The store in a SQLite file, made where there is none. See `sqliteDatabase` and `storeIn` for what they refuse. */
export async function sqliteStore(
  file: string,
  key: Uint8Array,
  now?: () => Date,
): Promise<Store & { close(): Promise<void> }> {
  const database = sqliteDatabase(file, callTables);
  try {
    return { ...(await storeIn(database, key, now)), close: database.close };
  } catch (error) {
    await database.close();
    throw error;
  }
}
