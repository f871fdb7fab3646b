import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** Issues and checks what a browser shows after it has logged in. */
export type Badges = {
  issue(): string;
  isGood(badge: string): boolean;
  /** A browser logs out: from now on its badge is good for nothing here. */
  revoke(badge: string): void;
};

/** So long a browser stays logged in, in milliseconds. */
export const BADGE_LASTS_MS = 12 * 60 * 60 * 1_000;

/** More browsers than log out within the time of a badge. */
const MOST_REVOKED = 10_000;

/**
 * Badges that need not be remembered, but for those that were revoked: the time until which they are good, under this
 * key. With another key none is good.
 */
export function badges(key: Uint8Array, now: () => number = Date.now): Badges {
  const mark = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
  const revoked = new LRUCache<string, true>({ max: MOST_REVOKED, ttl: BADGE_LASTS_MS });
  const isGood = (badge: string) => {
    const [, text = '', until = '', given = ''] = /^((\d+)\.[\w-]+)\.([\w-]+)$/.exec(badge) ?? [];
    return Number(until) > now() && isSame(given, mark(text)) && !revoked.has(badge);
  };
  return {
    issue() {
      const text = `${now() + BADGE_LASTS_MS}.${randomBytes(9).toString('base64url')}`;
      return `${text}.${mark(text)}`;
    },
    isGood,
    // Others need no revoking, and would push out those that do.
    revoke: (badge) => void (isGood(badge) && revoked.set(badge, true)),
  };
}

/** Compares two secrets in a time that tells nothing about where they differ. */
export function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
