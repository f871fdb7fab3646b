import { sqliteDatabase } from '../database/sqliteDatabase.ts';
import { callTables } from '../database/steps.ts';
import { type Store, storeIn } from './store.ts';

/** The store in a SQLite file, made where there is none. See `sqliteDatabase` and `storeIn` for what they refuse. */
export const sqliteStore = async (file: string, key: Uint8Array, now?: () => Date): Promise<Store> =>
  storeIn(sqliteDatabase(file, callTables), key, now);
