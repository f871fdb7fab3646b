import type { FailedLookups } from './lookupLimits.ts';
import {
  type Bill,
  type Member,
  type MemberNumber,
  type MembershipService,
  MembershipUnavailable,
} from './membership.ts';

/**
 * What a caller may know of a number that exists without proving anything: active or not; `unclear` is inactive for a
 * reason that we do not know, and `officerOnly` a matter that no machine announces.
 */
export type Standing = 'active' | 'inactive' | 'unclear' | 'officerOnly';

/** A number that exists. `canProve`: the record holds the other number too, whose last digits are the proof. */
export type Identified = { number: MemberNumber; standing: Standing; canProve: boolean };

/** What whoever types a number may learn; null is "not found", in the same words as "does not match". */
export type FindAnswer = { identified: Identified | null; tooManyTries: boolean };

/** What the last four digits of the other number open: the member's facts, or nothing. */
export type ProofAnswer = { member: Member | null; tooManyTries: boolean };

/** The questions a call may ask about members. Each rejects when the membership service cannot tell. */
export type Enquiries = {
  findMember(question: { number: MemberNumber }): Promise<FindAnswer>;
  proveMember(question: { number: MemberNumber; lastFour: string }): Promise<ProofAnswer>;
  findBill(question: { cardNumber: string }): Promise<Bill | null>;
};

/** How often lookups may fail, by one caller or for one number, before an officer must help. */
export type LookupLimits = { failuresIn15Minutes: number; failuresADay: number };

type Parts = {
  members: MembershipService;
  failures: FailedLookups;
  limits: LookupLimits;
  /** A service that has not answered after so many milliseconds is unavailable. */
  deadlineMs: number;
  now: () => Date;
  /** Told when the membership service fails; the caller hears of it from the flow. */
  onTrouble: (error: unknown) => void;
};

const MINUTE_MS = 60_000;
const nobody: FindAnswer & ProofAnswer = { identified: null, member: null, tooManyTries: false };
const refused = { ...nobody, tooManyTries: true };

/** The enquiries of one caller, within the limits that protect members from guessing; `caller` is '' when withheld. */
export function createEnquiries({ members, failures, limits, deadlineMs, now, onTrouble }: Parts) {
  const withinLimits = async (subject: string) => {
    const since = (minutes: number) => new Date(now().getTime() - minutes * MINUTE_MS);
    const [lately, today] = [await failures.count(subject, since(15)), await failures.count(subject, since(24 * 60))];
    return lately < limits.failuresIn15Minutes && today < limits.failuresADay;
  };

  /** Looks, unless this caller or this number has failed too often; whatever was not found counts as a failure. */
  async function within<Answer>(
    subjects: string[],
    look: () => Promise<Answer | null>,
  ): Promise<Answer | null | 'tooOften'> {
    for (const subject of subjects) if (!(await withinLimits(subject))) return 'tooOften';
    const answer = await look();
    if (answer === null) await failures.add(subjects, now());
    return answer;
  }

  async function ask<Answer>(answer: Promise<Answer>): Promise<Answer> {
    try {
      return await inTime(answer, deadlineMs);
    } catch (error) {
      onTrouble(error);
      throw error;
    }
  }

  return (caller: string): Enquiries => {
    const subjectsOf = ({ digits }: MemberNumber) => [...(caller ? [`caller:${caller}`] : []), `number:${digits}`];
    const find = (number: MemberNumber) => ask(members.findMember(number));
    return {
      async findMember({ number }) {
        const member = await within(subjectsOf(number), () => find(number));
        if (member === 'tooOften') return refused;
        return { identified: member && identified(number, member), tooManyTries: false };
      },
      async proveMember({ number, lastFour }) {
        const member = await within(subjectsOf(number), async () => {
          const found = await find(number);
          return found && otherNumber(number, found)?.slice(-4) === lastFour ? found : null;
        });
        return member === 'tooOften' ? refused : { member, tooManyTries: false };
      },
      findBill: ({ cardNumber }) => ask(members.findBill(cardNumber)),
    };
  };
}

const otherNumber = ({ kind }: MemberNumber, member: Member) => (kind === 'card' ? member.nik : member.cardNumber);

function identified(number: MemberNumber, member: Member): Identified {
  return { number, standing: standingOf(member.statusCode), canProve: otherNumber(number, member) !== null };
}

/** Only `0` is active. Codes whose meaning we are sure of are inactive; the death of a member is no machine's to tell. */
function standingOf(statusCode: string): Standing {
  if (statusCode === '0') return 'active';
  if (statusCode === '2') return 'officerOnly';
  return ['6', '7', '9', '15'].includes(statusCode) ? 'inactive' : 'unclear';
}

async function inTime<Answer>(answer: Promise<Answer>, ms: number): Promise<Answer> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const alarm = setTimeout(
    () => reject(new MembershipUnavailable(`The membership service has not answered in ${ms} ms.`)),
    ms,
  );
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(alarm);
  }
}
