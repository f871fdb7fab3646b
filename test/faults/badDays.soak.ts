import { expect, test } from 'vitest';
import { loadTest } from '../../src/load/loadTest.ts';
import { ownServer } from '../../src/load/ownServer.ts';
import { plainReport } from '../../src/load/report.ts';

/** As many days as there is time for, and so many at least. */
const MOST_MS = 60_000;
const LEAST_DAYS = 3;

test('on bad days of every seed callers hear what is true, and nothing of each other', async () => {
  const until = performance.now() + MOST_MS;
  let days = 0;
  while (days < LEAST_DAYS || performance.now() < until) {
    const seed = ++days;
    const census = { members: 600, seed, today: '2026-11-21' };
    const own = await ownServer(census, { unsteady: true });
    try {
      const stream = { calls: 100, rate: 100, seed, burst: false };
      const report = plainReport(await loadTest({ stream, isVirtual: true, census, faults: true }, own.target, own));
      expect({ seed, ...report }).toMatchObject({
        seed,
        calls: 100,
        wrong: 0,
        crossTalk: 0,
        deaths: 1,
        wrongCalls: [],
      });
    } finally {
      await own.close();
    }
  }
  console.log(`${days} bad days of 100 calls each.`);
});
