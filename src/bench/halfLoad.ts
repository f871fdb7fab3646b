import { REQUESTS_A_CALL } from './callRequests.ts';
import type { Contest } from './contest.ts';
import { type OfEach, ofEach, startField } from './field.ts';
import { inTurn } from './inTurn.ts';
import { median } from './median.ts';
import { checked, fullRound, type Round, steadyRound } from './rounds.ts';

/** How long requests take at a steady rate, in milliseconds, and how many times as long as half of them one of a hundred takes. */
export type Steady = { p50ms: number; p99ms: number; tail: number };

const SECONDS = 4;
const CALLS_BEFORE = 6_000;

/**
 * How long requests take at half of what the hotline takes at most. The other two are asked as often: what a machine does
 * to waiting threads shows there too.
 */
export async function halfLoad({ perSecond }: Contest, rounds: number, onRound: () => void): Promise<OfEach<Steady>> {
  await using processes = new AsyncDisposableStack();
  const { servers, calls } = await startField(processes, {});
  await inTurn(1, (name) => fullRound(servers[name], calls(name, CALLS_BEFORE), SECONDS));
  const callsPerSecond = perSecond.hotline / REQUESTS_A_CALL / 2;
  const found = await inTurn(
    rounds,
    async (name) =>
      checked(await steadyRound(servers[name][0]!, calls(name, Math.round(callsPerSecond * SECONDS)), callsPerSecond)),
    onRound,
  );
  return ofEach((name) => steady(found.map((one) => one[name])));
}

const steady = (rounds: readonly Round[]): Steady => ({
  p50ms: median(rounds.map(({ p50ms }) => p50ms)),
  p99ms: median(rounds.map(({ p99ms }) => p99ms)),
  tail: median(rounds.map(({ p50ms, p99ms }) => p99ms / p50ms)),
});
