/** A number a caller may be known by. Text, never a number: leading zeros count. */
export type MemberNumber = { kind: 'card'; digits: string } | { kind: 'nik'; digits: string };

/** Who pays: central government, local government, an employer, the family itself, or a pensioner and the state. */
export type Segment = 'pbi' | 'pemda' | 'ppu' | 'mandiri' | 'bp';

/** Class of inpatient care. */
export type CareClass = 1 | 2 | 3;

/** What is known about one member. Dates are `YYYY-MM-DD`, months `YYYY-MM`. */
export type Member = {
  /** 13 digits. */
  cardNumber: string;
  /** 16 digits, or null where the record has none. */
  nik: string | null;
  segment: Segment;
  /** Status code of the national API. `0` is the only active one. */
  statusCode: string;
  careClass: CareClass;
  /** Whether the family pays the contribution itself. */
  paysItself: boolean;
  /** Members on the same family bill, this one included. */
  familySize: number;
  /** Whether everyone in the family is active. */
  wholeFamilyActive: boolean;
  /** The last month that is paid, or null where nobody pays month by month. */
  paidThrough: string | null;
};

/** What a family that pays itself owes. Money in whole rupiah. */
export type Bill = {
  /** Members this one bill covers. */
  familySize: number;
  /** Unpaid months before the current one, uncapped. */
  monthsInArrears: number;
  /** The months of arrears that are asked for: at most 24. */
  monthsBilled: number;
  arrears: number;
  /** This month's contribution of the whole family where it is still unpaid, else 0. */
  currentMonth: number;
  /** All that must be paid for the membership to be active: arrears and current month. */
  total: number;
  /** The virtual account at the banks that share it, and at Bank Mandiri; 16 digits each. */
  virtualAccount: { common: string; mandiri: string };
  /** First day without cover when nothing is paid: ahead for who still may pay in time, past for who is suspended; null when nothing is owed. */
  suspensionFrom: string | null;
  suspended: boolean;
  /** Paying in instalments, where the rules allow it. */
  instalments: { most: number } | null;
};

/** Whether a breaker lets questions through to a service: all of them, a few to see whether it is back, or none. */
export type BreakerState = 'closed' | 'halfOpen' | 'open';

/** Who knows the members. Both questions throw MembershipUnavailable when nobody can tell. */
export type MembershipService = {
  /** The member with this card number or NIK; null when there is none. */
  findMember(number: MemberNumber): Promise<Member | null>;
  /** The bill of this member's family; null for a segment that does not pay itself. */
  findBill(cardNumber: string): Promise<Bill | null>;
  /** How the breaker before the service stands at this moment, where there is one. */
  breaker?(): BreakerState;
};

/**
 * The membership service is down, slow or talks nonsense: it is not known who is a member. Its message goes into the log,
 * and says nothing of anybody.
 */
export class MembershipUnavailable extends Error {
  override name = 'MembershipUnavailable';
}
