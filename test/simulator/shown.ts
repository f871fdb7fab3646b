import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'));

/** The tests of this name as they are written, each with its table; what a test stands in is named before it. */
export function shown(name: string): string[] {
  return name.split(' > ').reduce((parts, title) => parts.flatMap((part) => statements(part, title)), sources);
}

/** Every call of `test` or `describe` that has this title, from its first line to its last. */
function statements(source: string, title: string): string[] {
  return [`'${title}'`, `"${title}"`].flatMap((quoted) => {
    const befores = source.split(quoted).slice(0, -1);
    const places = befores.map((_, index) => befores.slice(0, index + 1).join(quoted));
    return places
      .filter((before) => /(test|describe|\))\(\s*$/.test(before))
      .flatMap((before) => around(source, before.split('\n').length - 1));
  });
}

/** The call that a line stands in: as everything here is written, it ends where its brackets stand under its beginning. */
function around(source: string, at: number): string[] {
  const lines = source.split('\n');
  const first = lines.slice(0, at + 1).findLastIndex((line) => /^ *(test|describe)\b/.test(line));
  const margin = /^ */.exec(lines[first] ?? '')![0];
  const length = lines.slice(at).findIndex((line) => new RegExp(`^${margin}\\}?\\);`).test(line));
  return first < 0 || length < 0 ? [] : [lines.slice(first, at + length + 1).join('\n')];
}
