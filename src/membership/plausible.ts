import { z } from 'zod';
import { type Bill, type Member, type MemberNumber, MembershipUnavailable } from './membership.ts';

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const day = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
const count = z.int().nonnegative();

const member = z.object({
  cardNumber: z.string().regex(/^\d{13}$/),
  nik: z
    .string()
    .regex(/^\d{16}$/)
    .nullable(),
  segment: z.enum(['pbi', 'pemda', 'ppu', 'mandiri', 'bp']),
  statusCode: z.string().regex(/^\w+$/),
  careClass: z.literal([1, 2, 3]),
  paysItself: z.boolean(),
  familySize: z.int().positive(),
  wholeFamilyActive: z.boolean(),
  paidThrough: month.nullable(),
});

const account = z.string().regex(/^\d{16}$/);
const bill = z
  .object({
    familySize: z.int().positive(),
    monthsInArrears: count,
    monthsBilled: count,
    arrears: count,
    currentMonth: count,
    total: count,
    virtualAccount: z.object({ common: account, mandiri: account }),
    suspensionFrom: day.nullable(),
    suspended: z.boolean(),
    instalments: z.object({ most: z.int().positive() }).nullable(),
  })
  .refine(({ arrears, currentMonth, total }) => total === arrears + currentMonth, { path: ['total'] })
  .refine(({ total, suspensionFrom }) => total === 0 || suspensionFrom !== null, { path: ['suspensionFrom'] });

/** The parts that are wrong, by name and never by value. */
const nonsense = (what: string, { issues }: z.ZodError) => {
  const parts = issues.map(({ path }) => path.join('.') || what).join(', ');
  return new MembershipUnavailable(`The membership service answered with a ${what} that cannot be: ${parts}.`);
};

/** A member as the service told, or null; throws MembershipUnavailable where that cannot be, or is somebody else. */
export function plausibleMember(answer: unknown, { kind, digits }: MemberNumber): Member | null {
  if (answer === null) return null;
  const { data, error } = member.safeParse(answer);
  if (error) throw nonsense('member', error);
  if ((kind === 'card' ? data.cardNumber : data.nik) === digits) return data;
  throw new MembershipUnavailable('The membership service answered with another member than it was asked for.');
}

/** A bill as the service told, or null; throws MembershipUnavailable where that cannot be. */
export function plausibleBill(answer: unknown): Bill | null {
  if (answer === null) return null;
  const { data, error } = bill.safeParse(answer);
  if (error) throw nonsense('bill', error);
  return data;
}
