import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Conformance } from './conformance.ts';

/** The rows of every table of this folder: `conformance.ts`, and those whose names begin with it. */
export async function conformanceRows(): Promise<Conformance[]> {
  const tables = readdirSync(import.meta.dirname).filter((name) =>
    /^conformance(?!Tables|.*\.test)\w*\.ts$/.test(name),
  );
  const modules: object[] = await Promise.all(tables.sort().map((name) => import(join(import.meta.dirname, name))));
  return modules.flatMap((module) => Object.values(module).filter(Array.isArray).flat() as Conformance[]);
}

/** The rows as they stand in the README. */
export function conformanceTable(rows: readonly Conformance[]): string {
  const cell = (text = '') => text.replaceAll('|', '\\|');
  const lines = rows.map((row) => `| ${[row.rule, row.source, row.test, row.switch].map(cell).join(' | ')} |`);
  return ['| rule | source | test | switch |', '|---|---|---|---|', ...lines].join('\n');
}
