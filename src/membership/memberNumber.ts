import type { MemberNumber } from './membership.ts';
import { isProvinceCode } from './provinces.ts';

/** How many digits each number has. */
export const digitsOf = { card: 13, nik: 16 } as const;

/** What makes a NIK doubtful though not impossible: ask the caller to check it, and look it up all the same. */
type NikDoubt = 'province' | 'serial';

/**
 * Why what was typed can be nobody's number:
 * - `tooShort`: so many digits are missing even for a card number;
 * - `between`: more digits than a card number has, fewer than a NIK;
 * - `tooLong`: more digits than a NIK has;
 * - `allEqual`: one digit over and over;
 * - `birthDate`: digits 7 to 12 of a NIK are no day that anybody was born.
 */
export type NumberFault =
  | { wrong: 'tooShort'; missing: number }
  | { wrong: 'between' }
  | { wrong: 'tooLong' }
  | { wrong: 'allEqual'; kind: MemberNumber['kind'] }
  | { wrong: 'birthDate' };

/** What a caller's typing amounts to: a number to look up, perhaps a doubtful one, or what is wrong with it. */
export type NumberCheck = { ok: MemberNumber; doubt: NikDoubt | null } | NumberFault;

/** Checks what a caller typed as card number or NIK. Expects digits only; throws RangeError for anything else. */
export function checkMemberNumber(digits: string): NumberCheck {
  if (!/^\d*$/.test(digits)) throw new RangeError('A member number is checked after everything but digits is refused');
  const kind = kindOf(digits.length);
  if (typeof kind !== 'string') return kind;
  if (/^(\d)\1*$/.test(digits)) return { wrong: 'allEqual', kind };
  if (kind === 'card') return { ok: { kind, digits }, doubt: null };
  return isBirthDate(digits.slice(6, 12)) ? { ok: { kind, digits }, doubt: doubtOf(digits) } : { wrong: 'birthDate' };
}

function kindOf(length: number): MemberNumber['kind'] | NumberFault {
  if (length < digitsOf.card) return { wrong: 'tooShort', missing: digitsOf.card - length };
  if (length > digitsOf.nik) return { wrong: 'tooLong' };
  if (length === digitsOf.card) return 'card';
  if (length === digitsOf.nik) return 'nik';
  return { wrong: 'between' };
}

/** Day (women: day + 40), month and two digits of the year, in either of the two centuries. */
function isBirthDate(digits: string): boolean {
  const [day, month, year] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].map(Number) as [
    number,
    number,
    number,
  ];
  const born = day > 40 ? day - 40 : day;
  return (
    born >= 1 && month >= 1 && month <= 12 && [1900, 2000].some((century) => born <= daysIn(century + year, month))
  );
}

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

function doubtOf(nik: string): NikDoubt | null {
  if (!isProvinceCode(nik.slice(0, 2))) return 'province';
  return nik.endsWith('0000') ? 'serial' : null;
}
