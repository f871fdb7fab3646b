import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callflows, firstFlow } from '../../callflows/index.ts';
import { prompts } from '../../prompts/prompts.ts';
import type { AnyFlows } from '../../src/call/transitions.ts';
import { callFiles } from '../../src/commands/recordedCalls.ts';
import { alone } from '../../src/walker/crew.ts';
import { explore } from '../../src/walker/explore.ts';
import { type Failure, inKeys } from '../../src/walker/failure.ts';
import { recordings } from '../../src/walker/properties/recordings.ts';
import { faultsIn, properties } from '../../src/walker/properties.ts';
import { withFault } from './planted.ts';
import { plantedFaults, untranslated } from './plantedFaults.ts';

const today = '2026-11-21';
const calls = callFiles(join(import.meta.dirname, '../calls'));
const known = recordings(
  calls.map(({ text }) => text),
  today,
);

/** The beginning of every call: that far each of these faults can be found. */
const beginning = { reach: { members: ['20'], andAllOthers: false, byNik: false, thorough: false }, most: 45 };

async function failuresIn(flows: AnyFlows): Promise<Failure[]> {
  const crew = await alone({ flows, firstFlow, today, byHand: 1 });
  try {
    return faultsIn(await explore(crew, { ...beginning, flows, today }), properties(flows, known));
  } finally {
    await crew.close();
  }
}

const named = ({ property, why, steps }: Failure) => `${property}: ${why} | ${inKeys(steps)}`;
/** What a walk of the beginning alone does not reach, and so tells of every flow. */
let asEver: Set<string>;

beforeAll(async () => {
  Object.assign(prompts.id, { [untranslated]: 'Kalimat ini hanya ada di sini.' });
  asEver = new Set((await failuresIn(callflows as AnyFlows)).map(named));
});
afterAll(() => {
  delete (prompts.id as Record<string, string>)[untranslated];
});

test.each(plantedFaults)('$fault is found, with its property and the shortest keys', async (planted) => {
  const failures = await failuresIn(withFault(planted.flow, planted.change));
  const news = failures.filter((failure) => !asEver.has(named(failure)) && failure.property === planted.property);
  expect(news.map(({ steps }) => inKeys(steps))[0]).toBe(planted.keys);
});

test('a walk of the flows as they are finds nothing but what lies further on', () => {
  const further = /^(every state is reached|every sentence of the catalogue is heard|who gives proof)/;
  expect([...asEver].filter((failure) => !further.test(failure))).toEqual([]);
});
