import { afterAll, beforeAll, expect, test } from 'vitest';
import { callflows, firstFlow } from '../../callflows/index.ts';
import type { AnyFlows } from '../../src/call/transitions.ts';
import { rehearsals } from '../../src/commands/rehearsal.ts';
import { virtualClock } from '../../src/simulator/clock.ts';
import { playRecordedCall } from '../../src/simulator/recorded/playRecordedCall.ts';
import { parseRecordedCall } from '../../src/simulator/recorded/recordedCall.ts';
import { well } from '../../src/walker/acts.ts';
import { alone, type Soloist } from '../../src/walker/crew.ts';
import { failuresOf, inKeys } from '../../src/walker/failure.ts';
import type { Step } from '../../src/walker/moment.ts';
import { properties } from '../../src/walker/properties.ts';
import { fewest, shortestCall, walkAlong } from '../../src/walker/shrink.ts';
import { withFault } from './planted.ts';
import { plantedFaults } from './plantedFaults.ts';

const today = '2026-11-21';
const press = (keys: string): Step => well({ does: 'presses', keys, afterMs: null });
const { flow, change, property: name } = plantedFaults.find(({ fault }) => fault === 'a prompt too long')!;
const flows: AnyFlows = withFault(flow, change);

let soloist: Soloist;
beforeAll(async () => {
  soloist = await alone({ flows, firstFlow, today, byHand: 1 });
});
afterAll(() => soloist.close());

test('what is not needed for something to stay so is left out', async () => {
  const steps = [...'12345678'].map(press);
  const hasBoth = async (fewer: readonly Step[]) => /3.*7/.test(inKeys(fewer));
  expect(inKeys(await fewest(steps, hasBoth))).toBe('3 · 7');
});

/** The shortest recording of a caller who wandered about before it was heard. */
async function shortened(): Promise<string> {
  const steps = ['8', '8', '2', '*', '9', '4', '1', '*', '2'].map(press);
  const all = properties(flows, new Map());
  const long = failuresOf(all.find((one) => one.name === name)!, await walkAlong(soloist, steps));
  expect(long).toHaveLength(1);
  return shortestCall(soloist, { ...long[0]!, steps }, all, today);
}

test('a call that shows what failed becomes the shortest one that does, with its world, its seed and its clock', async () => {
  const recorded = await shortened();
  const { lines, settings } = parseRecordedCall(recorded);
  expect(lines.flatMap((line) => ('act' in line && line.act.does === 'presses' ? line.act.keys : []))).toEqual([
    '4',
    '2',
  ]);
  expect(settings).toEqual({ today, seed: 'walker', clock: '2026-11-21T05:00:00.000Z' });
});

test('it can be played against a hotline, and goes otherwise where the fault is mended', async () => {
  const recorded = await shortened();
  const { settings } = parseRecordedCall(recorded);
  await using ours = rehearsals();
  const hotline = await ours.hotlineFor(settings);
  const clock = virtualClock(Date.parse(settings.clock!));
  const { difference } = await playRecordedCall(recorded, { ...hotline, seed: settings.seed!, clock });
  await hotline.close();
  expect(difference).toContain('CHIKA');
  expect(Object.keys(callflows)).toContain(flow);
});
