import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Issues and checks what a browser shows after it has logged in. */
export type Badges = {
  issue(): string;
  isGood(badge: string): boolean;
};

/** So long a browser stays logged in, in milliseconds. */
export const BADGE_LASTS_MS = 12 * 60 * 60 * 1_000;

/** Badges that need not be remembered: the time until which they are good, under this key. With another key none is good. */
export function badges(key: Uint8Array, now: () => number = Date.now): Badges {
  const mark = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
  return {
    issue() {
      const text = `${now() + BADGE_LASTS_MS}.${randomBytes(9).toString('base64url')}`;
      return `${text}.${mark(text)}`;
    },
    isGood(badge) {
      const [, text = '', until = '', given = ''] = /^((\d+)\.[\w-]+)\.([\w-]+)$/.exec(badge) ?? [];
      return Number(until) > now() && isSame(given, mark(text));
    },
  };
}

/** Compares two secrets in a time that tells nothing about where they differ. */
export function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
