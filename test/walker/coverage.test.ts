import { afterAll, beforeAll, expect, test } from 'vitest';
import { callflows, firstFlow } from '../../callflows/index.ts';
import { type AnyFlows, transitionsOf } from '../../src/call/transitions.ts';
import { well } from '../../src/walker/acts.ts';
import { type Coverage, coverage, coverageTable } from '../../src/walker/coverage.ts';
import { alone, type Soloist } from '../../src/walker/crew.ts';
import { walkAlong } from '../../src/walker/shrink.ts';
import type { Walked } from '../../src/walker/walk.ts';

const flows: AnyFlows = callflows;
let soloist: Soloist;
let walked: Walked;
let covered: Coverage;

beforeAll(async () => {
  soloist = await alone({ flows, firstFlow, today: '2026-11-21', byHand: 1 });
  walked = await walkAlong(
    soloist,
    ['4', '2'].map((keys) => well({ does: 'presses', keys, afterMs: null })),
  );
  covered = coverage(flows, walked, new Set());
});
afterAll(() => soloist.close());

const keysOf = (name: string) => covered.uncovered.find((one) => one.name === name)?.keys;

test('what a call went through is covered, by its kind', () => {
  const key = covered.all.find(({ name }) => name === 'mainMenu.choosing.asking key.4');
  expect(key).toMatchObject({ kind: 'key', covered: true, flow: 'mainMenu' });
});

test('what nobody went through comes with the keys that would reach it', () => {
  expect(keysOf('information.choosing.asking key.3')).toBe('4 · 3');
  expect(keysOf('information.offices.asking silence')).toBe('4 · 2 · silence');
  expect(keysOf('information.chika.asking key.star')).toBe('4 · 3 · 1 · *');
  expect(keysOf('information.choosing.asking hangs up')).toBe('4 · hangs up');
});

test('what recorded calls went through counts as well', () => {
  const all = new Set(Object.values(flows).flatMap((flow) => transitionsOf(flow).map(({ name }) => name)));
  const { uncovered } = coverage(flows, walked, all);
  expect(uncovered.every(({ name }) => name.endsWith('hangs up'))).toBe(true);
});

test('the table has a line for each flow and a column for each kind', () => {
  const [head, ...lines] = coverageTable(covered).split('\n');
  expect(head).toMatch(/key +number +silence +miss +give-up +hang-up +trouble/);
  expect(lines).toHaveLength(Object.keys(flows).length + 1);
});
