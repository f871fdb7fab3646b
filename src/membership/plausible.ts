import type { z } from 'zod';
import { bill, member } from './contract.ts';
import { type Bill, type Member, type MemberNumber, MembershipUnavailable } from './membership.ts';

/** The parts that are wrong, by name and never by value. */
const nonsense = (what: string, { issues }: z.ZodError) => {
  const parts = issues.map(({ path }) => path.join('.') || what).join(', ');
  return new MembershipUnavailable(`The membership service answered with a ${what} that cannot be: ${parts}.`);
};

/** A member as the service told, or null; throws MembershipUnavailable where that cannot be, or is somebody else. */
export function plausibleMember(answer: unknown, { kind, digits }: MemberNumber): Member | null {
  if (answer === null) return null;
  const { data, error } = member.safeParse(answer);
  if (error) throw nonsense('member', error);
  if ((kind === 'card' ? data.cardNumber : data.nik) === digits) return data;
  throw new MembershipUnavailable('The membership service answered with another member than it was asked for.');
}

/** A bill as the service told, or null; throws MembershipUnavailable where that cannot be. */
export function plausibleBill(answer: unknown): Bill | null {
  if (answer === null) return null;
  const { data, error } = bill.safeParse(answer);
  if (error) throw nonsense('bill', error);
  return data;
}

/** The same, for this member; throws as well where the two answers cannot both be true. */
export function plausibleBillOf({ paidThrough }: Member, answer: unknown): Bill | null {
  const found = plausibleBill(answer);
  if (found === null || paidThrough !== null) return found;
  throw new MembershipUnavailable('The membership service answered with a bill for a member who pays none.');
}
