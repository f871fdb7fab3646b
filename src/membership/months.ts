/** The month (`YYYY-MM`) that a day (`YYYY-MM-DD`) belongs to. */
export const monthOf = (day: string): string => day.slice(0, 7);

/** The first day of a month. */
export const firstDayOf = (month: string): string => `${month}-01`;

/** The month so many months later; earlier for a negative number. */
export function addMonths(month: string, months: number): string {
  const counted = countOf(month) + months;
  const year = String(Math.floor(counted / 12)).padStart(4, '0');
  const ofYear = String((counted % 12) + 1).padStart(2, '0');
  return `${year}-${ofYear}`;
}

/** How many months lie between two months: 1 from December to January, negative backwards. */
export const monthsFrom = (start: string, end: string): number => countOf(end) - countOf(start);

function countOf(month: string): number {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw new RangeError(`Not a month (YYYY-MM): ${month}`);
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
}
