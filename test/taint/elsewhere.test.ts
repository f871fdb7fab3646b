import pg from 'pg';
import { expect, test } from 'vitest';
import { ownPostgres } from '../database/ownPostgres.ts';
import { ownFolder } from '../rim/folder.ts';
import { keyByKey, twoAtOnce, withoutMembers } from './calls.ts';
import { besideTurns } from './forms.ts';
import { watchedHotline } from './hotline.ts';
import { searchFor } from './leaks.ts';
import { bhaskara, secretsOf, zulaikha } from './people.ts';

/** Everything in every table of a database, bytes as they are. */
async function rowsIn(databaseUrl: string): Promise<Map<string, Uint8Array>> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  const tables = await client.query("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'");
  const rows = new Map<string, Uint8Array>();
  for (const { name } of tables.rows as { name: string }[]) {
    const { rows: all } = await client.query<Record<string, unknown>>(`SELECT * FROM ${name}`);
    const values = all.flatMap((row) => Object.values(row));
    const bytes = values.map((value) => (Buffer.isBuffer(value) ? value : Buffer.from(String(value))));
    rows.set(`table ${name}`, Buffer.concat(bytes.flatMap((one) => [one, Buffer.of(0)])));
  }
  await client.end();
  return rows;
}

test('nothing of callers is left where calls are in PostgreSQL and members on another machine', {
  timeout: 120_000,
}, async () => {
  const databaseUrl = await (await ownPostgres()).newDatabase();
  const hotline = await watchedHotline(ownFolder(), { databaseUrl });
  await twoAtOnce(hotline);
  await keyByKey(hotline);
  await withoutMembers(hotline);
  await besideTurns(hotline);
  const under = await rowsIn(databaseUrl);
  await hotline.close();
  const { kept } = hotline;
  const { said: _, files, ...told } = kept;

  const search = searchFor([zulaikha, bhaskara].flatMap(secretsOf));
  const leaks = Object.entries(told).flatMap(([place, pieces]) => pieces.flatMap((piece) => search(place, piece)));
  for (const [name, bytes] of [...files, ...under, ...(await rowsIn(databaseUrl))]) leaks.push(...search(name, bytes));
  expect(leaks).toEqual([]);

  expect([...under.keys()]).toEqual(expect.arrayContaining(['table calls', 'table failed_lookups']));
  for (const part of ['"waited"', 'pleaseWait', '"failed"', '"contained"'])
    expect(
      kept.record.filter((record) => record.includes(part)),
      part,
    ).not.toEqual([]);
  expect(kept.log.filter((line) => line.includes('it is asked no more for a while'))).toHaveLength(1);
});
