import { REQUESTS_A_CALL } from './callRequests.ts';
import { running } from './contenders.ts';
import { fullRound, readyCalls } from './rounds.ts';

/** The memory of a hotline in MB, after a tenth of so many calls, when it is warm, and after all of them. */
export type Memory = { calls: number; warmMB: number; endMB: number };

/** Calls are made so many at a time. */
const PORTION = 2_000;
const LONG_ENOUGH_SECONDS = 600;

/** Lets a hotline answer so many whole calls, as fast as it can. */
export async function memoryAfter(calls: number, onCalls: (made: number) => void): Promise<Memory> {
  await using hotline = await running('hotline');
  const ready = readyCalls(hotline);
  let warmMB: number | null = null;
  for (let made = 0; made < calls; made += PORTION) {
    const { failed, requests } = await fullRound(
      [hotline],
      ready(Math.min(PORTION, calls - made)),
      LONG_ENOUGH_SECONDS,
    );
    if (failed > 0 || requests % REQUESTS_A_CALL !== 0) throw new Error(`${failed} of ${requests} requests failed.`);
    if (made + PORTION >= calls / 10) warmMB ??= (await hotline.use()).rssMB;
    onCalls(Math.min(calls, made + PORTION));
  }
  const { rssMB: endMB } = await hotline.use();
  return { calls, warmMB: warmMB ?? endMB, endMB };
}
