import { join } from 'node:path';
import type { Settings } from './config.ts';
import type { Database } from './database/database.ts';
import { sqliteDatabase } from './database/sqliteDatabase.ts';
import type { Part } from './database/steps.ts';

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
  return sqliteDatabase(join(dataDir, `${part.name}.db`), part);
}
