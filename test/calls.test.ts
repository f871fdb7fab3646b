import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { afterAll, expect, test } from 'vitest';
import { callflows } from '../callflows/index.ts';
import { type Language, prompts } from '../prompts/prompts.ts';
import { type AnyFlows, transitionsOf, watchInPlace } from '../src/call/transitions.ts';
import { rehearsals } from '../src/commands/rehearsal.ts';
import { playRecordedCall } from '../src/simulator/recorded/playRecordedCall.ts';
import { parseRecordedCall } from '../src/simulator/recorded/recordedCall.ts';

const folder = join(import.meta.dirname, 'calls');
const calls = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.call'));
const taken = new Set<string>();
watchInPlace(callflows as AnyFlows, (name) => taken.add(name));

const ours = rehearsals();
afterAll(() => ours[Symbol.asyncDispose]());

// `>` is what the caller does, the rest is what happens. `npm test -- -u` writes down what happens now; the diff is the review.
test.each(calls)('%s', async (file) => {
  const recorded = readFileSync(join(folder, file), 'utf8');
  const { settings } = parseRecordedCall(recorded);
  if (!settings.today) throw new Error('A recorded call says on which day it was made: # today: 2026-11-21');
  const { url, authToken, close } = await ours.hotlineFor(settings);
  const { transcript } = await playRecordedCall(recorded, { url, authToken, statusUrl: `${url}/status` });
  await close();
  expect(transcript).not.toContain('  ?? ');
  await expect(transcript).toMatchFileSnapshot(join(folder, file));
});

test.each(Object.entries(callflows))('every transition of %s is taken by some recorded call', (_, flow) => {
  expect(transitionsOf(flow).filter(({ name }) => !taken.has(name))).toEqual([]);
});

/** A line of a catalogue as it may sound: its words, with anything where it has blanks. */
function asHeard(message: string): RegExp {
  const parts = new IntlMessageFormat(message).getAst();
  const words = parts.map((part) => (part.type === 0 ? RegExp.escape(part.value) : '.+'));
  return new RegExp(`^< (\\[[a-zA-Z-]+\\] )?${words.join('')}$`, 'm');
}

/** Said when the server itself is in trouble: that stands in the tests of the server. Every call begins in Indonesian. */
const elsewhere = ['troubleOfficer', 'troubleGoodbye', 'weStartAgain'];
const never: Record<Language, string[]> = { id: [], en: ['welcome'] };

test.each(Object.entries(prompts))(
  'every sentence of the catalogue %s is heard in some recorded call',
  (language, catalogue) => {
    const recordings = calls.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
    const unheard = Object.entries(catalogue).filter(
      ([prompt, message]) =>
        ![...elsewhere, ...never[language as Language]].includes(prompt) && !asHeard(message).test(recordings),
    );
    expect(unheard.map(([prompt]) => prompt)).toEqual([]);
  },
);
