import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { usualSwitches } from '../../src/simulator/switches.ts';
import { conformanceRows } from './conformanceTables.ts';
import { shown } from './shown.ts';

const rows = await conformanceRows();

/** The carrier's codes in a rule, but not those between brackets, which the line has no use for. */
const codesIn = (rule: string) => rule.replace(/\(.*?\)/g, '').match(/\b1[1-6]\d{3}\b/g) ?? [];

/** Every code that stands in the simulator itself. */
function codesOfTheLine(): string[] {
  const room = join(import.meta.dirname, '../../src/simulator');
  const files = readdirSync(room, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return files.flatMap((name) => readFileSync(join(room, name), 'utf8').match(/\b1[1-6]\d{3}\b/g) ?? []);
}

/** The name and the values of a switch as a row tells them. */
function switched(text = ''): { name: string; values: string[] } {
  const [name = '', ...values] = [...text.matchAll(/`([^`]+)`/g)].map(([, word]) => word!);
  return { name, values };
}

test.each(rows)('"$rule" is shown by a test, with each of its codes', ({ rule, test: name }) => {
  const written = shown(name);
  expect(written).not.toEqual([]);
  for (const code of codesIn(rule)) expect(written.join()).toMatch(new RegExp(`\\b${code}\\b`));
});

test('every code that the line warns by stands in the tables, and no other does', () => {
  const told = rows.flatMap(({ rule }) => codesIn(rule));
  expect([...new Set(told)].sort()).toEqual([...new Set(codesOfTheLine())].sort());
});

test('no rule stands in the tables twice', () => {
  const said = rows.map(({ rule, source }) => `${source} ${rule}`);
  expect(said.filter((one, index) => said.indexOf(one) !== index)).toEqual([]);
});

test('every switch stands in the tables with its default and with another value, and no other does', () => {
  const turned = rows.map((row) => switched(row.switch)).filter(({ name }) => name !== '');
  const shownOf = (switchName: string) => turned.flatMap(({ name, values }) => (name === switchName ? values : []));
  for (const [name, byDefault] of Object.entries(usualSwitches)) {
    expect(shownOf(name)).toContain(byDefault);
    expect(new Set(shownOf(name)).size, name).toBeGreaterThan(1);
  }
  expect(Object.keys(usualSwitches)).toEqual(expect.arrayContaining(turned.map(({ name }) => name)));
});
