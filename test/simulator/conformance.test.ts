import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { usualSwitches } from '../../src/simulator/switches.ts';
import { conformanceRows } from './conformanceTables.ts';

const sources = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'));
const rows = await conformanceRows();

/** Whether one file has a test and what it stands in by these names, as they are written there. */
function isWritten(name: string): boolean {
  const isTitle = (source: string, title: string) =>
    [`'${title}'`, `"${title}"`].some((quoted) =>
      source
        .split(quoted)
        .slice(0, -1)
        .some((before) => /(test|describe|\))\(\s*$/.test(before)),
    );
  return sources.some((source) => name.split(' > ').every((title) => isTitle(source, title)));
}

/** The name and the values of a switch as a row tells them. */
function switched(text = ''): { name: string; values: string[] } {
  const [name = '', ...values] = [...text.matchAll(/`([^`]+)`/g)].map(([, word]) => word!);
  return { name, values };
}

test.each(rows)('"$rule" is shown by a test', ({ test: name }) => {
  expect(isWritten(name)).toBe(true);
});

test('no rule stands in the tables twice', () => {
  const said = rows.map(({ rule, source }) => `${source} ${rule}`);
  expect(said.filter((one, index) => said.indexOf(one) !== index)).toEqual([]);
});

test('every switch stands in the tables with its default and with another value, and no other does', () => {
  const turned = rows.map((row) => switched(row.switch)).filter(({ name }) => name !== '');
  const shown = (switchName: string) => turned.flatMap(({ name, values }) => (name === switchName ? values : []));
  for (const [name, byDefault] of Object.entries(usualSwitches)) {
    expect(shown(name)).toContain(byDefault);
    expect(new Set(shown(name)).size, name).toBeGreaterThan(1);
  }
  expect(Object.keys(usualSwitches)).toEqual(expect.arrayContaining(turned.map(({ name }) => name)));
});
