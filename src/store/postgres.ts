import { postgresDatabase } from '../database/postgresDatabase.ts';
import { callTables } from '../database/steps.ts';
import { type Store, storeIn } from './store.ts';

/** The store in a PostgreSQL. See `postgresDatabase` and `storeIn` for what they refuse. */
export const postgresStore = async (url: string, key: Uint8Array, now?: () => Date, most = 10): Promise<Store> =>
  storeIn(await postgresDatabase(url, [callTables], most), key, now);
