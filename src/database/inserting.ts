import type { Filled, Prepare, Value } from './database.ts';
import type { Schema } from './schema.ts';

/** So many rows are inserted by one statement, which is some times as fast as one by one. */
const ROWS_AT_ONCE = 500;

/** A new row of a table, a value for each of its columns. */
type Row<Table extends keyof Schema> = { [Column in keyof Schema[Table]]: Value };

/** Inserts any number of rows into a table with these columns. */
export function inserting<Table extends keyof Schema>(
  prepare: Prepare,
  table: Table,
  columns: readonly (keyof Schema[Table] & string)[],
): (rows: readonly Row<Table>[]) => Filled[] {
  const blankOf = (column: string, row: number) => `${column} ${row}`;
  const worded = (rows: number) =>
    prepare((query, blanks: Record<string, Value>) => {
      const row = (nth: number) => Object.fromEntries(columns.map((column) => [column, blanks[blankOf(column, nth)]]));
      return query.insertInto(table).values(Array.from({ length: rows }, (_, nth) => row(nth)) as never);
    });
  const filled = (insert: ReturnType<typeof worded>, rows: readonly Row<Table>[]) => {
    const values: Record<string, Value> = {};
    for (const [nth, row] of rows.entries()) for (const column of columns) values[blankOf(column, nth)] = row[column];
    return insert(values);
  };
  const [one, many] = [worded(1), worded(ROWS_AT_ONCE)];
  return (rows) => {
    const whole = rows.length - (rows.length % ROWS_AT_ONCE);
    const inserts: Filled[] = [];
    for (let from = 0; from < whole; from += ROWS_AT_ONCE)
      inserts.push(filled(many, rows.slice(from, from + ROWS_AT_ONCE)));
    for (const row of rows.slice(whole)) inserts.push(filled(one, [row]));
    return inserts;
  };
}
