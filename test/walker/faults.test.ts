import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callflows, firstFlow } from '../../callflows/index.ts';
import { type PromptKey, prompts } from '../../prompts/prompts.ts';
import { say, sayInOtherLanguage, sayOneOf, sayWrongKey } from '../../src/call/flow.ts';
import type { AnyFlows } from '../../src/call/transitions.ts';
import { callFiles } from '../../src/commands/recordedCalls.ts';
import { alone } from '../../src/walker/crew.ts';
import { explore } from '../../src/walker/explore.ts';
import { type Failure, inKeys } from '../../src/walker/failure.ts';
import { recordings } from '../../src/walker/properties/recordings.ts';
import { faultsIn, properties } from '../../src/walker/properties.ts';
import { at, type Draft, withFault } from './planted.ts';

const today = '2026-11-21';
const calls = callFiles(join(import.meta.dirname, '../calls'));
const known = recordings(
  calls.map(({ text }) => text),
  today,
);

/** The beginning of every call: that far each of these faults can be found. */
const beginning = { reach: { members: ['20'], byNik: false, thorough: false }, most: 45 };

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

/** A sentence that stands in one catalogue only. */
const untranslated = 'onlyHere' as PromptKey;

beforeAll(async () => {
  Object.assign(prompts.id, { [untranslated]: 'Kalimat ini hanya ada di sini.' });
  asEver = new Set((await failuresIn(callflows as AnyFlows)).map(named));
});
afterAll(() => {
  delete (prompts.id as Record<string, string>)[untranslated];
});

const keysOf = (config: Draft, state: string) => at(config, `states/${state}/states/asking/on`);
const saysAlso = (config: Draft, state: string, ...speech: unknown[]) => {
  const asking = at(config, `states/${state}/states/asking`);
  asking.entry = [...(asking.entry as unknown[]), ...speech];
};
let times = 0;

const faults: [fault: string, flows: () => AnyFlows, property: string, keys: string][] = [
  [
    'a key to the wrong place',
    () =>
      withFault(
        'mainMenu',
        (config) => void (at(keysOf(config, 'choosing'), 'key.2').target = '#mainMenu.information'),
      ),
    'every key leads where recorded callers were led',
    '2',
  ],
  [
    'a missing silence',
    () => withFault('information', (config) => void delete keysOf(config, 'choosing').silence),
    'whatever a caller does is answered',
    '4 · stays quiet',
  ],
  [
    'an officer out of reach',
    () =>
      withFault(
        'information',
        (config) => void (keysOf(config, 'choosing')['key.0'] = keysOf(config, 'choosing')['key.9']),
      ),
    'an officer is within three keys from everywhere, and one key away from every question',
    '4 · 0',
  ],
  [
    'a loop',
    () =>
      withFault('information', (config) => {
        keysOf(config, 'choosing')['key.*'] = { actions: [sayWrongKey], target: '#choosing' };
      }),
    'nothing goes round for ever',
    '4 · 5 · 5 · 5 · 5 · 5 · 5',
  ],
  [
    'a secret spoken unverified',
    () =>
      withFault('information', (config) =>
        saysAlso(
          config,
          'offices',
          say('paidThrough', () => ({ month: { month: '2026-08' } })),
        ),
      ),
    'no caller hears what is in a record without proof',
    '4 · 2',
  ],
  [
    'a prompt too long',
    () =>
      withFault('information', (config) =>
        saysAlso(
          config,
          'offices',
          say('chika', () => ({ number: { digits: '0811875040'.repeat(4), groups: [4] } })),
        ),
      ),
    'every sentence, and the greeting with its menu, is said within 20 s',
    '4 · 2',
  ],
  [
    'a missing translation',
    () => withFault('information', (config) => saysAlso(config, 'offices', say(untranslated))),
    'every sentence is there in every language',
    '4 · 2',
  ],
  [
    'a service without a way out',
    () => withFault('identify', (config) => void delete at(config, 'states/finding/invoke').onError),
    'a membership service that cannot tell has a way out',
    '1 · 0009999000020# · 1 (members down)',
  ],
  [
    'an unreachable state',
    () => withFault('information', (config) => void (at(config, 'states').attic = at(config, 'states/atMainMenu'))),
    'every state is reached',
    'dials',
  ],
  [
    'a misspelt event',
    () =>
      withFault('information', (config) => {
        const { silence, ...others } = keysOf(config, 'choosing');
        at(config, 'states/choosing/states/asking').on = { ...others, silense: silence };
      }),
    'flows listen only for what can happen',
    '4',
  ],
  [
    'an answer in the wrong language',
    () => withFault('information', (config) => saysAlso(config, 'offices', sayInOtherLanguage('hospitalOfficer'))),
    'callers are answered in the language that they chose',
    '4 · 2',
  ],
  [
    'a turn that changes on repetition',
    () =>
      withFault('information', (config) =>
        saysAlso(
          config,
          'offices',
          sayOneOf(['offices', 'hospitalOfficer'], () => (times++ % 2 ? 'offices' : 'hospitalOfficer')),
        ),
      ),
    'a turn that is repeated is the same',
    '4 · 2',
  ],
];

test.each(faults)('%s is found, with the property and the shortest keys', async (_, flows, property, keys) => {
  const planted = flows();
  const failures = (await failuresIn(planted)).filter((failure) => !asEver.has(named(failure)));
  expect(failures.map((failure) => `${failure.property} | ${inKeys(failure.steps)}`)).toContain(
    `${property} | ${keys}`,
  );
  const { steps } = failures.find((failure) => failure.property === property)!;
  expect(inKeys(steps)).toBe(keys);
});
