/** A family that pays itself: the last month paid (`YYYY-MM`), the class, and how many people the bill covers. */
export type Payers = { paidThrough: string; careClass: 1 | 2 | 3; people: number; isMandiri: boolean };

/** What the law asks of them on a day; `holdsUntil` is the first day without cover, null where nothing is owed. */
export type Owed = {
  monthsBehind: number;
  total: number;
  holdsUntil: string | null;
  isSuspended: boolean;
  mostInstalments: number | null;
};

/** Perpres 64/2020: what a member pays a month by class, from class 1 to class 3. */
const sinceJanuary2021 = [150_000, 100_000, 35_000];
const before = [150_000, 100_000, 25_500];
const mostMonthsAsked = 24;

const following = (month: string): string => {
  const [year, of] = month.split('-').map(Number) as [number, number];
  return of === 12 ? `${year + 1}-01` : `${year}-${String(of + 1).padStart(2, '0')}`;
};

/**
 * What a family owes, read out of the law once more, month by month: the hotline reckons by other code, so that the two
 * can be held against each other. Due on the 10th; suspended from the 1st of the month after; at most 24 months of
 * arrears and this month (art. 42); REHAB 2.0 for 4 to 24 months, in half as many instalments and at most twelve.
 */
export function owed({ paidThrough, careClass, people, isMandiri }: Payers, today: string): Owed {
  const unpaid: string[] = [];
  for (let month = following(paidThrough); month <= today.slice(0, 7); month = following(month)) unpaid.push(month);
  const [first] = unpaid;
  if (first === undefined)
    return { monthsBehind: 0, total: 0, holdsUntil: null, isSuspended: false, mostInstalments: null };
  const asked = unpaid.slice(-(mostMonthsAsked + 1));
  const rates = asked.map((month) => (month < '2021-01' ? before : sinceJanuary2021)[careClass - 1]!);
  const holdsUntil = `${following(first)}-01`;
  const monthsBehind = unpaid.length - 1;
  const mayPayInParts = isMandiri && monthsBehind >= 4 && monthsBehind <= 24;
  return {
    monthsBehind,
    total: rates.reduce((sum, rate) => sum + rate * people, 0),
    holdsUntil,
    isSuspended: today >= holdsUntil,
    mostInstalments: mayPayInParts ? Math.min(12, Math.trunc(monthsBehind / 2)) : null,
  };
}
