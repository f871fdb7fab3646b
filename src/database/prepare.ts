import { DummyDriver, Kysely, type QueryCompiler, SqliteAdapter, SqliteIntrospector } from 'kysely';
import type { Filling, Prepare } from './database.ts';
import type { Schema } from './schema.ts';

/** A place in a statement that is filled in later. */
class Blank {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Whatever name is asked for, a blank of that name. */
const blanks = new Proxy({}, { get: (_, name) => new Blank(String(name)) });

/** Words statements for one database. Wording takes a hundred times as long as filling in, so it is done ahead of calls. */
export function preparing(compiler: QueryCompiler, bytes: 'blob' | 'bytea'): Prepare {
  const query = new Kysely<Schema>({
    dialect: {
      createQueryCompiler: () => compiler,
      // Nothing is asked through this: it makes words only.
      createDriver: () => new DummyDriver(),
      createAdapter: () => new SqliteAdapter(),
      createIntrospector: (db) => new SqliteIntrospector(db),
    },
  });
  let statements = 0;
  return (word) => {
    const { sql, parameters } = word(query, blanks as never, bytes).compile();
    const statement = { number: statements++, sql };
    return (values) => ({
      statement,
      values: parameters.map((each) => (each instanceof Blank ? values[each.name]! : (each as Filling))),
    });
  };
}
