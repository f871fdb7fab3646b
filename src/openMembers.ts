import type { Database } from './database/database.ts';
import type { Log } from './log.ts';
import type { BreakerState, MembershipService } from './membership/membership.ts';
import { membersIn } from './membership/membersIn.ts';
import { remoteMembership } from './membership/remoteMembership.ts';
import type { Settings } from './settings.ts';

/** What the log says when a service far away is given a rest, is tried, and answers again. */
const told = {
  open: 'the membership service fails again and again, it is asked no more for a while',
  halfOpen: 'the membership service is tried again',
  closed: 'the membership service answers again',
} as const satisfies Record<BreakerState, string>;

/** Where our own members are, what day it is for them, and who is told of trouble with either kind. */
type MembersParts = { openTables: () => Promise<Database>; today: () => string; log: Log };

/** Who knows the members: the service on another machine, where the settings name one, or else tables of our own. */
export async function openMembers(
  { membershipUrl, membershipApiKey, membershipDeadlineMs: deadlineMs }: Settings,
  { openTables, today, log }: MembersParts,
): Promise<MembershipService> {
  if (membershipUrl !== null) {
    const onBreaker = (state: BreakerState) => log.note(told[state], { level: state === 'open' ? 'warn' : 'info' });
    return remoteMembership({ url: membershipUrl, apiKey: membershipApiKey ?? '', deadlineMs, onBreaker });
  }
  const warn = (sentence: string) => log.trouble('the directory has no whole population', new Error(sentence));
  return membersIn(await openTables(), { today, warn });
}
