import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from './config.ts';
import type { Database } from './database/database.ts';
import { postgresDatabase } from './database/postgresDatabase.ts';
import { sqliteDatabase } from './database/sqliteDatabase.ts';
import { callTables } from './database/steps.ts';

/** Where things are kept: calls in one file of the data folder, or in the PostgreSQL that all copies share. */
export async function openCallDatabase({ databaseUrl, databaseConnections, dataDir }: Settings): Promise<Database> {
  if (databaseUrl) return postgresDatabase(databaseUrl, [callTables], databaseConnections);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return sqliteDatabase(join(dataDir, 'calls.db'), callTables);
}
