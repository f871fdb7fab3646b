import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { usualSwitches } from '../../src/simulator/switches.ts';
import { verbRules } from './conformanceVerbs.ts';

const tests = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.test.ts') && !file.startsWith('conformance'))
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
  .join('\n');

test.each(verbRules)('$rule', ({ test: name, switch: turnedBy }) => {
  expect(tests).toContain(`'${name}'`);
  const [, turn, byDefault] = /^`(\w+)`: `([^`]+)`/.exec(turnedBy ?? '') ?? [];
  if (turnedBy) expect(usualSwitches).toHaveProperty(turn!, byDefault);
});

test('no rule stands twice', () => {
  expect(new Set(verbRules.map(({ rule }) => rule)).size).toBe(verbRules.length);
});
