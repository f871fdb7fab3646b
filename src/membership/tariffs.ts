import type { CareClass } from './membership.ts';

/** Every contribution a member has been asked for: whole rupiah a person and month, and the first month it held. */
const contributions: readonly { from: string; perPerson: Record<CareClass, number>; source: string }[] = [
  { from: '2020-07', perPerson: { 1: 150_000, 2: 100_000, 3: 25_500 }, source: 'Perpres 64/2020 art. 34 (1)' },
  { from: '2021-01', perPerson: { 1: 150_000, 2: 100_000, 3: 35_000 }, source: 'Perpres 64/2020 art. 34 (1)' },
];

/** No more months of arrears than this are asked for (Perpres 64/2020 art. 42). */
export const mostMonthsBilled = 24;

/** Instalments under REHAB 2.0 (since February 2025) for families that pay themselves, in months and instalments. */
export const rehab = { fewestMonths: 4, mostMonths: 24, mostInstalments: 12 } as const;

/** What banks put before the last 11 digits of a card number: BRI, BNI, BTN and BCA share one prefix. */
export const virtualAccountPrefix = { common: '88888', mandiri: '89888' } as const;

/** What one person pays for a month, in whole rupiah. Throws RangeError for a month before the table begins. */
export function contributionFor(careClass: CareClass, month: string): number {
  const tariff = contributions.findLast((each) => each.from <= month);
  if (!tariff)
    throw new RangeError(`No contribution is known for ${month}: the table begins ${contributions[0]?.from}`);
  return tariff.perPerson[careClass];
}
