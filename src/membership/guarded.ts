import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleAll,
  handleType,
  retry,
} from 'cockatiel';
import { type BreakerState, MembershipUnavailable } from './membership.ts';
import { NoConnection } from './postJson.ts';

/** How much is asked of a service that others need as well, and what is done when it fails. */
export type Guard = {
  /** So many questions are asked at a time. */
  atOnce: number;
  /** After so many failures in a row nothing is asked for so many milliseconds; then one question is, as a trial. */
  failuresInARow: number;
  restMs: number;
  /** The caller whose question is the trial is told after so many milliseconds that nobody can tell; the trial goes on. */
  trialMs: number;
  /** Told when the service is given a rest, is tried, and answers again. */
  onBreaker: (state: BreakerState) => void;
};

const states: Partial<Record<CircuitState, BreakerState>> = {
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'halfOpen',
};

/** Lasts until the time is over by a clock that nobody can set back, whatever the one on the wall says. */
const rest = (ms: number) => ({
  next() {
    const until = performance.now() + ms;
    return {
      get duration() {
        return performance.now() < until ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
      },
      next: rest(ms).next,
    };
  },
});

/**
 * Stands before a service that may be slow or down. A question without a connection is asked once more; a service that
 * fails again and again is given a rest. Rejects with MembershipUnavailable: at once while it rests.
 */
export function guarded({ atOnce, failuresInARow, restMs, trialMs, onBreaker }: Guard) {
  const again = retry(handleType(NoConnection), { maxAttempts: 1 });
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: rest(restMs),
    breaker: new ConsecutiveBreaker(failuresInARow),
  });
  const room = bulkhead(atOnce);
  const state = () => states[breaker.state] ?? 'closed';
  breaker.onStateChange((changed) => onBreaker(states[changed] ?? 'closed'));

  async function ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    const before = state();
    if (before === 'halfOpen')
      throw new MembershipUnavailable('The membership service is being tried by another call.');
    const answer = room.execute(() => breaker.execute(() => again.execute(question)));
    const told = answer.catch((error: unknown) => {
      throw inOurWords(error);
    });
    return before === 'open' ? within(trialMs, told) : told;
  }

  const inOurWords = (error: unknown): unknown => {
    if (error instanceof BrokenCircuitError)
      return new MembershipUnavailable(
        `The membership service failed ${failuresInARow} times in a row and has a rest.`,
      );
    if (error instanceof BulkheadRejectedError)
      return new MembershipUnavailable(`The membership service has not answered ${atOnce} others yet.`);
    return error;
  };

  return { ask, state };
}

/** The answer when it comes in time; one that comes later is nobody's. */
async function within<Answer>(ms: number, answer: Promise<Answer>): Promise<Answer> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const alarm = setTimeout(
    () => reject(new MembershipUnavailable(`The membership service is being tried, and not back in ${ms / 1_000} s.`)),
    ms,
  );
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(alarm);
  }
}
