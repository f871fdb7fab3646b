import { diceOf } from '../membership/dice.ts';
import { type MembershipService, MembershipUnavailable } from '../membership/membership.ts';

/** How long a membership service takes on a bad day, in milliseconds: now and then, and so long that nobody waits for it. */
const SLOW = { from: 20, to: 200 } as const;
const FOR_EVER_MS = 30_000;

/** Members who are found late in ten of a hundred questions, not at all in three, and who keep one of a hundred waiting. */
export function unsteadyMembers(members: MembershipService, seed: number): MembershipService {
  const dice = diceOf(seed);
  async function unsteadily<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    const fate = dice.between(1, 100);
    if (fate <= 3) throw new MembershipUnavailable('out of order for this load test');
    if (fate <= 14) await later(fate === 4 ? FOR_EVER_MS : dice.between(SLOW.from, SLOW.to));
    return ask();
  }
  return {
    findMember: (number) => unsteadily(() => members.findMember(number)),
    findBill: (cardNumber) => unsteadily(() => members.findBill(cardNumber)),
  };
}

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms).unref());
