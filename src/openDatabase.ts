import { join } from 'node:path';
import type { Settings } from './config.ts';
import type { Database } from './database/database.ts';
import { sqliteDatabase } from './database/sqliteDatabase.ts';
import type { Part } from './database/steps.ts';

/** SQLite's numbers for a file that is damaged, and for one that never was a database. */
const DAMAGED = [11, 26];

const advice = 'Put a backup of it back, or move it away, and the next start makes a new one.';

/** SQLite does not say which file it means. */
const isNoDatabase = (error: unknown): error is Error =>
  error instanceof Error && 'errcode' in error && DAMAGED.includes(Number(error.errcode));

/** These tables in the PostgreSQL that all copies share, or else in a file of the data folder. */
export async function openDatabase(
  { databaseUrl, databaseConnections, dataDir }: Pick<Settings, 'databaseUrl' | 'databaseConnections' | 'dataDir'>,
  part: Part,
): Promise<Database> {
  if (databaseUrl) {
    // Loaded where it is needed only: most servers start without it.
    const { postgresDatabase } = await import('./database/postgresDatabase.ts');
    return postgresDatabase(databaseUrl, part, databaseConnections);
  }
  const file = join(dataDir, `${part.name}.db`);
  try {
    return sqliteDatabase(file, part);
  } catch (error) {
    throw isNoDatabase(error) ? new Error(`${file} is damaged: ${error.message}. ${advice}`, { cause: error }) : error;
  }
}
