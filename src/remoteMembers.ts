import type { Settings } from './config.ts';
import type { Log } from './log.ts';
import type { BreakerState, MembershipService } from './membership/membership.ts';
import { remoteMembership } from './membership/remoteMembership.ts';

/** What the log says when the service is given a rest, is tried, and answers again. */
const told = {
  open: 'the membership service fails again and again, it is asked no more for a while',
  halfOpen: 'the membership service is tried again',
  closed: 'the membership service answers again',
} as const satisfies Record<BreakerState, string>;

/** The membership service on another machine, where the settings name one; else null. */
export function remoteMembers({ membershipUrl, ...settings }: Settings, log: Log): MembershipService | null {
  if (membershipUrl === null) return null;
  return remoteMembership({
    url: membershipUrl,
    apiKey: settings.membershipApiKey ?? '',
    deadlineMs: settings.membershipDeadlineMs,
    onBreaker: (state) => log.note(told[state]),
  });
}
