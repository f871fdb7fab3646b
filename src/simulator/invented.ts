import { hash, randomUUID } from 'node:crypto';

/** Everything about a call that nobody chose, made up from a seed: the same seed invents the same. */
type Invented = {
  /** A new identifier as the carrier writes them: two letters and 32 hexadecimal digits. */
  sid(prefix: string): string;
  /** An Indonesian mobile number for a caller who gave none; the range is invented, nobody means a subscriber. */
  mobileNumber(): string;
};

/** Invents from a seed, or anew at every call when there is none. */
export function invented(seed: string = randomUUID()): Invented {
  let count = 0;
  const hex = (what: string) => hash('sha256', `${seed} ${what}`);
  return {
    sid: (prefix) => prefix + hex(`${prefix} ${count++}`).slice(0, 32),
    mobileNumber: () => `+628111555${String(Number.parseInt(hex('from').slice(0, 8), 16) % 10_000).padStart(4, '0')}`,
  };
}

/** The account of an application that names none: the same for the same token. */
export const inventedAccount = (authToken: string): string => invented(authToken).sid('AC');
