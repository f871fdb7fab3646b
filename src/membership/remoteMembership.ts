import { contract } from './contract.ts';
import { type Guard, guarded } from './guarded.ts';
import { type MembershipService, MembershipUnavailable } from './membership.ts';
import { plausibleBill, plausibleMember } from './plausible.ts';
import { postJson } from './postJson.ts';

type Parts = Partial<Guard> & {
  /** Where the service is, without a slash at the end, and the key to it. */
  url: string;
  apiKey: string;
  /** A question, asked a second time or not, is answered within so many milliseconds or not at all. */
  deadlineMs: number;
};

const usualGuard: Guard = { atOnce: 100, failuresInARow: 5, restMs: 10_000, trialMs: 800, onBreaker: () => {} };

/** The part of an answer that was asked for; undefined where there is none. */
const part = (answer: unknown, name: string): unknown => (answer as Record<string, unknown> | null)?.[name];

/**
 * A membership service on another machine, which speaks as the contract says.
 * @example const members = remoteMembership({ url: 'https://members.example.org/membership', apiKey, deadlineMs: 4_000 });
 */
export function remoteMembership({ url, apiKey, deadlineMs, ...guard }: Parts): MembershipService {
  const { ask, state } = guarded({ ...usualGuard, ...guard });

  function answerTo<Answer>(path: string, question: unknown, check: (answer: unknown) => Answer): Promise<Answer> {
    const signal = AbortSignal.timeout(deadlineMs);
    return ask(async () => check(await postJson(url + path, apiKey, question, { signal, ms: deadlineMs })));
  }

  return {
    async findMember(number) {
      const { path, question } = contract.findMember;
      // Nobody has a number that cannot be one, and nobody needs to be asked about it.
      if (!question.safeParse({ number }).success) return null;
      return answerTo(path, { number }, (answer) => plausibleMember(part(answer, 'member'), number));
    },
    async findBill(cardNumber) {
      const { path, question } = contract.findBill;
      if (!question.safeParse({ cardNumber }).success) return null;
      return answerTo(path, { cardNumber }, (answer) => {
        if (part(answer, 'cardNumber') !== cardNumber)
          throw new MembershipUnavailable('The membership service answered with another bill than it was asked for.');
        return plausibleBill(part(answer, 'bill'));
      });
    },
    breaker: state,
  };
}
