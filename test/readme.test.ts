import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inventedMembers } from '../src/membership/inventedMembers.ts';
import { conformanceRows, conformanceTable } from './simulator/conformanceTables.ts';

const root = join(import.meta.dirname, '..');
const readme = join(root, 'README.md');

/** The page with what stands behind this marker, up to the next blank line or the end of the page, replaced. */
const withPart = (page: string, marker: string, part: string) =>
  page.replace(new RegExp(`(<!-- ${marker} -->\n)[\\s\\S]*?(?=\n\n|\n$)`), (_, head) => `${head}${part}`);

function members(): string {
  const rows = inventedMembers('2026-11-21').map(
    ({ cardNumber, nik, description }) => `| ${cardNumber} | ${nik ?? 'none'} | ${description} |`,
  );
  return ['| card number | NIK | who is heard of |', '|---|---|---|', ...rows].join('\n');
}

test('the README shows a recorded call, the members and what the line does as they are', async () => {
  const recorded = readFileSync(join(root, 'test/calls/arrears-in-a-minute.call'), 'utf8');
  const heard = recorded.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const page = withPart(readFileSync(readme, 'utf8'), 'call: arrears-in-a-minute', ['```', ...heard, '```'].join('\n'));
  const table = conformanceTable(await conformanceRows());
  const whole = withPart(withPart(page, 'members', members()), 'conformance', table);
  await expect(whole).toMatchFileSnapshot(readme);
});

test('the README has a word for every dependency', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const section = readFileSync(readme, 'utf8').split('## Dependencies')[1]!;
  const silent = Object.keys({ ...dependencies, ...devDependencies }).filter(
    (name) => !section.includes(name.startsWith('@types/') ? '@types/*' : `\`${name}\``),
  );
  expect(silent).toEqual([]);
});
