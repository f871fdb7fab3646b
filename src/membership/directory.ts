import { sqliteDatabase } from '../database/sqliteDatabase.ts';
import { memberTables } from '../database/steps.ts';
import { type DirectoryParts, type MemberDirectory, membersIn, unavailable } from './membersIn.ts';

/** The members in a SQLite file, made where there is none. Throws MembershipUnavailable when the file cannot be used. */
export async function memberDirectory({
  file,
  ...parts
}: DirectoryParts & { file: string }): Promise<MemberDirectory & { close(): Promise<void> }> {
  const database = opened(file);
  try {
    return { ...(await membersIn(database, parts)), close: database.close };
  } catch (error) {
    await database.close();
    throw error;
  }
}

function opened(file: string) {
  try {
    return sqliteDatabase(file, memberTables);
  } catch (cause) {
    throw unavailable(file, cause);
  }
}
