import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { rehearsalHotline } from '../src/commands/rehearsal.ts';
import { memberDirectory } from '../src/membership/directory.ts';
import { playRecordedCall } from '../src/simulator/playRecordedCall.ts';
import { parseRecordedCall } from '../src/simulator/recordedCall.ts';
import { callflows } from '../callflows/index.ts';
import { transitionsOf, watchTransitions } from './flows/transitions.ts';

const folder = join(import.meta.dirname, 'calls');
const calls = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.call'));
const TODAY = '2026-11-21';

const dataDir = mkdtempSync(join(tmpdir(), 'hotline-members-'));
const members = memberDirectory({ file: join(dataDir, 'members.db'), today: () => TODAY });
const taken = watchTransitions();

afterAll(() => {
  members.close();
  rmSync(dataDir, { recursive: true });
});

// `>` is what the caller does, the rest is what happens. `npm test -- -u` writes down what happens now; the diff is the review.
test.each(calls)('%s', async (file) => {
  const recorded = readFileSync(join(folder, file), 'utf8');
  const { settings } = parseRecordedCall(recorded);
  expect(settings['today'], 'every recorded call says on which day it was made').toBe(TODAY);
  const { url, authToken, close } = await rehearsalHotline(settings, members);
  const { transcript } = await playRecordedCall(recorded, { url, authToken, statusUrl: `${url}/status` });
  await close();
  expect(transcript).not.toContain('  ?? ');
  await expect(transcript).toMatchFileSnapshot(join(folder, file));
});

test.each(Object.entries(callflows))('every transition of %s is taken by some recorded call', (_, flow) => {
  expect(transitionsOf(flow).filter((transition) => !taken.has(transition))).toEqual([]);
});
