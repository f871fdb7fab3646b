import type { Bill, CareClass, Segment } from './membership.ts';
import { addMonths, firstDayOf, monthOf, monthsFrom } from './months.ts';
import { contributionFor, mostMonthsBilled, rehab, virtualAccountPrefix } from './tariffs.ts';

/** Unpaid months before the current one, however many. */
export const monthsInArrears = (paidThrough: string, today: string): number =>
  Math.max(0, monthsFrom(paidThrough, monthOf(today)) - 1);

/** Whether this month's contribution is still to be paid. */
export const currentMonthUnpaid = (paidThrough: string, today: string): boolean => paidThrough < monthOf(today);

/** First day without cover when nothing more is paid: the 1st after the first unpaid month (Perpres 64/2020 art. 42). */
export const suspensionAfter = (paidThrough: string): string => firstDayOf(addMonths(paidThrough, 2));

/** Whether cover has stopped because nobody paid (Perpres 64/2020 art. 42). */
export const isSuspended = (paidThrough: string, today: string): boolean => suspensionAfter(paidThrough) <= today;

/** The months of arrears that are asked for: at most 24 (Perpres 64/2020 art. 42). */
export const monthsBilled = (inArrears: number): number => Math.min(inArrears, mostMonthsBilled);

/** What the family owes for the months before this one; of more than 24 months, the latest 24. */
function arrearsOf(family: { size: number; careClass: CareClass; paidThrough: string }, today: string): number {
  const billed = monthsBilled(monthsInArrears(family.paidThrough, today));
  const months = Array.from({ length: billed }, (_, back) => addMonths(monthOf(today), -1 - back));
  return months.reduce((sum, month) => sum + contributionFor(family.careClass, month) * family.size, 0);
}

/** The accounts into which one family's bill is paid, from the card number of any of its members. */
function virtualAccountOf(cardNumber: string): Bill['virtualAccount'] {
  const tail = cardNumber.slice(-11);
  return { common: virtualAccountPrefix.common + tail, mandiri: virtualAccountPrefix.mandiri + tail };
}

/** The most instalments that REHAB 2.0 allows (half the months owed, at most 12); null where it is not open. */
export function instalmentsFor(segment: Segment, inArrears: number): Bill['instalments'] {
  if (segment !== 'mandiri' || inArrears < rehab.fewestMonths || inArrears > rehab.mostMonths) return null;
  return { most: Math.min(rehab.mostInstalments, Math.floor(inArrears / 2)) };
}

/** What a bill is reckoned from. Months `YYYY-MM`, `today` a day in WIB. */
export type BillQuestion = {
  cardNumber: string;
  segment: Segment;
  familySize: number;
  careClass: CareClass;
  paidThrough: string;
  today: string;
};

/** The bill of a family that pays itself. */
export function billFor(question: BillQuestion): Bill {
  const { cardNumber, segment, familySize, careClass, paidThrough, today } = question;
  const inArrears = monthsInArrears(paidThrough, today);
  const unpaid = currentMonthUnpaid(paidThrough, today);
  const arrears = arrearsOf({ size: familySize, careClass, paidThrough }, today);
  const currentMonth = unpaid ? contributionFor(careClass, monthOf(today)) * familySize : 0;
  return {
    familySize,
    monthsInArrears: inArrears,
    monthsBilled: monthsBilled(inArrears),
    arrears,
    currentMonth,
    total: arrears + currentMonth,
    virtualAccount: virtualAccountOf(cardNumber),
    suspensionFrom: unpaid ? suspensionAfter(paidThrough) : null,
    suspended: isSuspended(paidThrough, today),
    instalments: instalmentsFor(segment, inArrears),
  };
}
