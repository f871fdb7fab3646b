import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { callflows, firstFlow } from '../../callflows/index.ts';
import type { AnyFlows } from '../../src/call/transitions.ts';
import { callFiles } from '../../src/commands/recordedCalls.ts';
import { coverage } from '../../src/walker/coverage.ts';
import { alone } from '../../src/walker/crew.ts';
import { explore } from '../../src/walker/explore.ts';
import { failuresOf, inKeys } from '../../src/walker/failure.ts';
import { recordings } from '../../src/walker/properties/recordings.ts';
import { properties } from '../../src/walker/properties.ts';
import { thin } from '../../src/walker/reach.ts';
import type { Walked } from '../../src/walker/walk.ts';
import { choices, foundWay, saidEverywhere, saidOf, type Walked as Way, walkedWay } from './ways.ts';

const flows: AnyFlows = callflows;
const today = '2026-11-21';
const calls = callFiles(join(import.meta.dirname, '../calls'));
const known = recordings(
  calls.map(({ text }) => text),
  today,
);

/** Said where the operator announces it, and to families that pay themselves and have no bill, of whom none is invented. */
const elsewhere = /^(writeOffAnnounced of|factsFromOfficer of .*(nextStep|notBilled))/;

let walked: Walked;

beforeAll(async () => {
  const crew = await alone({ flows, firstFlow, today, byHand: 1 });
  walked = await explore(crew, { flows, today, reach: thin });
  await crew.close();
}, 60_000);

describe('in a thin walk through every flow', () => {
  test.each(properties(flows, known).map((property) => [property.name, property] as const))('%s', (_, property) => {
    const failures = failuresOf(property, walked);
    expect(failures.map(({ why, steps }) => `${why} by ${inKeys(steps)}`)).toEqual([]);
  });

  test('recorded calls are met again on many ways', () => {
    const met = walked.turns.filter(({ from, step }) => known.has(inKeys([...walked.moments[from]!.steps, step])));
    expect(met.length).toBeGreaterThan(100);
  });

  test('somebody hangs up wherever a call waits', () => {
    const { all, uncovered } = coverage(flows, walked, new Set());
    expect(all.filter(({ kind }) => kind === 'hang-up').length).toBeGreaterThan(30);
    expect(uncovered.filter(({ name }) => name.endsWith('hangs up'))).toEqual([]);
  });
});

describe('the way of a turn', () => {
  /** One turn of each kind. */
  let ways: Way[];
  const beginning: Way = {
    walk: { from: 'mainMenu', to: 'mainMenu.choosing.asking', said: ['welcome'] },
    went: ['mainMenu.arriving'],
  };

  beforeAll(() => {
    const all = walked.turns
      .filter(({ step }) => step.act.does !== 'hangs up')
      .flatMap((turn) => walkedWay(walked.moments[turn.from]!, turn) ?? []);
    ways = [...new Map(all.map((way) => [JSON.stringify(way), way])).values()];
  });

  test('is found as the flows went it', () => {
    // Where two ways lead to the same place by the same words, nobody who was told of the turn can tell them apart.
    for (const [told, alike] of Map.groupBy(ways, ({ walk }) => JSON.stringify(walk)))
      expect(
        alike.map(({ went }) => went.join()),
        told,
      ).toContain(foundWay(alike[0]!.walk).join());
  });

  test('is found too by who knows only where the turn began and ended', () => {
    expect(ways.length).toBeGreaterThan(300);
    for (const { from, to } of ways.map(({ walk }) => walk))
      expect(foundWay({ from, to }), `${from} to ${to}`).not.toEqual([]);
  });

  test('has a state for whatever is heard, but for what every question may say', () => {
    for (const way of ways)
      for (const { prompt, from } of saidOf(way))
        expect(from.length > 0 || saidEverywhere.has(prompt), `${prompt} after ${way.walk.from}`).toBe(true);
  });

  test('shows every state saying what it is said to say', () => {
    const said = [...ways, beginning].flatMap(saidOf);
    const heardFrom = new Set(said.flatMap(({ prompt, from }) => from.map((choice) => `${prompt} of ${choice}`)));
    const all = [...choices].flatMap(([choice, alike]) => alike[0]!.lines.map((prompt) => `${prompt} of ${choice}`));
    expect(all.filter((line) => !heardFrom.has(line) && !elsewhere.test(line))).toEqual([]);
  });
});
