import type { Identified } from '../membership/enquiries.ts';
import type { Bill, Member } from '../membership/membership.ts';
import type { Language } from './turn.ts';

/** What a call knows, whichever flow it is in. It holds personal data: it is stored sealed and forgotten with the call. */
export type Session = {
  language: Language;
  greeted: boolean;
  /** The flow the caller asked for before we had to ask who is calling. */
  wanted: string;
  /** The number that the caller confirmed and that exists. */
  identified: Identified | null;
  /** Whether the caller has rather not proved to be the member when asked. */
  proofSkipped: boolean;
  /** How often in this call the last four digits were wrong. */
  wrongProofs: number;
  /** Whether too many lookups failed, so that only an officer can look further. */
  searchStopped: boolean;
  /** The facts, for a caller who gave proof. */
  member: Member | null;
  bill: Bill | null;
  /** How many times in this call no officer picked up. */
  officersMissed: number;
  /** Whether callers in arrears are told that a write-off was announced; the operator says so. */
  writeOffAnnounced: boolean;
};

/** How a call begins. */
export const newSession = ({ writeOffAnnounced = false } = {}): Session => ({
  language: 'id',
  greeted: false,
  wanted: 'mainMenu',
  identified: null,
  proofSkipped: false,
  wrongProofs: 0,
  searchStopped: false,
  member: null,
  bill: null,
  officersMissed: 0,
  writeOffAnnounced,
});
