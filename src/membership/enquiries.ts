import type { Counted, FailedLookups } from './failedLookups.ts';
import {
  type Bill,
  type Member,
  type MemberNumber,
  type MembershipService,
  MembershipUnavailable,
} from './membership.ts';
import { plausibleBillOf, plausibleMember } from './plausible.ts';

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

/** The questions a call may ask about members. Each rejects with MembershipUnavailable when nobody can tell. */
export type Enquiries = {
  findMember(question: { number: MemberNumber }): Promise<FindAnswer>;
  proveMember(question: { number: MemberNumber; lastFour: string }): Promise<ProofAnswer>;
  findBill(question: { member: Member }): Promise<Bill | null>;
};

/** Who asks, and on which occasion: a turn that is asked twice is one occasion. `caller` is '' where it is withheld. */
export type Asker = { caller: string; callId: string; turn: number };

/** How often lookups may fail, by one caller or for one number, before an officer must help. */
type LookupLimits = { failuresIn15Minutes: number; failuresADay: number };

type Parts = {
  members: MembershipService;
  failures: FailedLookups;
  limits: LookupLimits;
  /** A service that has not answered after so many milliseconds is unavailable. */
  deadlineMs: number;
  now: () => Date;
  /** Told when the membership service fails in this call; the caller hears of it from the flow. */
  onTrouble: (error: unknown, callId: string) => void;
  /** Told when a lookup that has not failed stays counted as failed, since that cannot be written down. */
  onUnreleased: (error: unknown, callId: string) => void;
};

const MINUTE_MS = 60_000;

/** All who withhold their number share one limit, so many times that of one caller, beside that of their own call. */
const WITHHELD_SHARE = 20;

const refused: FindAnswer & ProofAnswer = { identified: null, member: null, tooManyTries: true };

/** The enquiries of one caller, within the limits that protect members from guessing. */
export function createEnquiries({ members, failures, limits, deadlineMs, now, ...told }: Parts) {
  const { onTrouble, onUnreleased } = told;

  /** What failures of this lookup are counted for. */
  function counted({ caller, callId }: Asker, { digits }: MemberNumber): Counted[] {
    const ago = (minutes: number) => new Date(now().getTime() - minutes * MINUTE_MS);
    const within = (share = 1) => [
      { since: ago(15), most: limits.failuresIn15Minutes * share },
      { since: ago(24 * 60), most: limits.failuresADay * share },
    ];
    const who = caller
      ? [{ subject: `caller:${caller}`, limits: within() }]
      : [
          { subject: `call:${callId}`, limits: within() },
          { subject: 'withheld', limits: within(WITHHELD_SHARE) },
        ];
    return [...who, { subject: `number:${digits}`, limits: within() }];
  }

  /** Asks the service, waits no longer than the deadline, and believes only what can be. */
  async function ask<Answer>(callId: string, question: () => Promise<unknown>, check: (answer: unknown) => Answer) {
    try {
      return check(await inTime(question, deadlineMs));
    } catch (error) {
      onTrouble(error, callId);
      throw error instanceof MembershipUnavailable
        ? error
        : new MembershipUnavailable('The membership service failed.', { cause: error });
    }
  }

  /** What could not be released counts as a failure, which harms the caller less than a turn that fails. */
  const release = (occasion: string, callId: string) =>
    failures.release(occasion).catch((error) => onUnreleased(error, callId));

  /** Looks a member up where the limits allow it. What does not fit counts as a failure; not being able to tell does not. */
  async function lookUp(asker: Asker, number: MemberNumber, fits: (member: Member) => boolean) {
    const occasion = `${asker.callId}:${asker.turn}`;
    if (!(await failures.reserve(counted(asker, number), occasion, now()))) return 'tooManyTries';
    const look = () => members.findMember(number);
    const found = await ask(asker.callId, look, (answer) => plausibleMember(answer, number)).catch(async (error) => {
      await release(occasion, asker.callId);
      throw error;
    });
    const member = found && fits(found) ? found : null;
    if (member) await release(occasion, asker.callId);
    return member;
  }

  return (asker: Asker): Enquiries => ({
    async findMember({ number }) {
      const member = await lookUp(asker, number, () => true);
      if (member === 'tooManyTries') return refused;
      return { identified: member && identified(number, member), tooManyTries: false };
    },
    async proveMember({ number, lastFour }) {
      const member = await lookUp(asker, number, (found) => otherNumber(number, found)?.slice(-4) === lastFour);
      return member === 'tooManyTries' ? refused : { member, tooManyTries: false };
    },
    findBill: ({ member }) =>
      ask(
        asker.callId,
        () => members.findBill(member.cardNumber),
        (answer) => plausibleBillOf(member, answer),
      ),
  });
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

async function inTime<Answer>(question: () => Promise<Answer>, ms: number): Promise<Answer> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const alarm = setTimeout(
    () =>
      reject(
        new MembershipUnavailable(
          `The membership service has not answered in ${ms / 1_000} s (MEMBERSHIP_DEADLINE_MS).`,
        ),
      ),
    ms,
  );
  try {
    return await Promise.race([question(), tooLate]);
  } finally {
    clearTimeout(alarm);
  }
}
