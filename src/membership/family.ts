import type { CareClass, Member, Segment } from './membership.ts';
import { isSuspended } from './rules.ts';

/** One person of a family as our own records keep it: numbers and a status code, never a name. */
export type PersonRecord = { cardNumber: string; nik: string | null; statusCode: string };

/** What holds for a family as a whole; `paidThrough` (`YYYY-MM`) is null where others pay. */
export type FamilyTerms = { segment: Segment; careClass: CareClass; paidThrough: string | null };

/** A family as our own records keep it. */
export type FamilyRecord = FamilyTerms & { members: readonly PersonRecord[] };

/** The status codes of the national API that we know by meaning. */
export const statusCodes = {
  active: '0',
  deceased: '2',
  childPastAge: '6',
  suspended: '7',
  unpaid: '9',
  endOfMonth: '15',
} as const;

/**
 * The status code that holds today. Where the family pays itself, payment alone decides between active and unpaid:
 * months pass by themselves, and status and bill must never contradict each other.
 */
export function statusToday(recorded: string, terms: FamilyTerms, today: string): string {
  const paymentDecides = recorded === statusCodes.active || recorded === statusCodes.unpaid;
  if (terms.paidThrough === null || !paymentDecides) return recorded;
  return isSuspended(terms.paidThrough, today) ? statusCodes.unpaid : statusCodes.active;
}

/** How many of a family's recorded status codes are on its bill: all but the deceased and children past the age limit. */
export const peopleBilled = (codes: readonly string[]): number => codes.filter(isBilled).length;

const isBilled = (code: string): boolean => code !== statusCodes.deceased && code !== statusCodes.childPastAge;

/** A member as the hotline knows them, from the record, the family's terms and everybody's recorded status codes. */
export function memberFrom(
  person: PersonRecord,
  family: FamilyTerms & { codes: readonly string[] },
  today: string,
): Member {
  const statusCode = statusToday(person.statusCode, family, today);
  const living = family.codes.filter((code) => code !== statusCodes.deceased);
  const allActive = [statusCode, ...living].every((code) => statusToday(code, family, today) === statusCodes.active);
  return {
    ...person,
    segment: family.segment,
    statusCode,
    careClass: family.careClass,
    paysItself: family.paidThrough !== null,
    familySize: peopleBilled(family.codes) + (isBilled(person.statusCode) ? 0 : 1),
    wholeFamilyActive: allActive,
    paidThrough: family.paidThrough,
  };
}
