import type { Patience } from '../call/switchboard.ts';
import { type MembershipService, MembershipUnavailable } from '../membership/membership.ts';

/**
 * How the membership service is: it answers; answers when the caller has been asked to wait; lets them wait and never
 * answers; or cannot be reached at all.
 */
export type Health = 'well' | 'slow' | 'silent' | 'down';

/** The patience of callers in a world without a clock: it is over when a service outlasts it, and not before. */
export function handPatience() {
  const open = new Set<() => void>();
  const outlasting: (() => void)[] = [];
  const patience: Patience = (isUp) => {
    open.add(isUp);
    const next = outlasting.shift();
    if (next) end(next);
    return () => open.delete(isUp);
  };
  function end(outlasted: () => void): void {
    for (const isUp of open) isUp();
    open.clear();
    outlasted();
  }
  /** Resolves when somebody has lost patience: whoever waits now, or is the next to wait. */
  const outlast = () =>
    new Promise<void>((resolve) => {
      if (open.size > 0) end(resolve);
      else outlasting.push(resolve);
    });
  return { patience, outlast };
}

/** These members, as a service of that health tells of them. Who never answers is given up by the hotline's deadline. */
export function troubledMembers(
  members: MembershipService,
  health: Health,
  outlast: () => Promise<void>,
): MembershipService {
  if (health === 'well') return members;
  async function troubled<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    if (health === 'down') throw new MembershipUnavailable('out of order for this rehearsal');
    await outlast();
    return health === 'slow' ? ask() : new Promise<never>(() => {});
  }
  return {
    findMember: (number) => troubled(() => members.findMember(number)),
    findBill: (cardNumber) => troubled(() => members.findBill(cardNumber)),
  };
}
