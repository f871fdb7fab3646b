import { z } from 'zod';
import { digitsOf } from './memberNumber.ts';

const digits = (many: number) =>
  z.string(`must be ${many} digits`).regex(new RegExp(`^\\d{${many}}$`), `must be ${many} digits`);
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const day = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
const count = z.int().nonnegative();
const people = z.int().positive().describe('Members on the family bill.');
const rupiah = count.describe('Whole rupiah.');
const account = digits(16).describe('16 digits.');

const cardNumber = digits(digitsOf.card).describe('13 digits: text, since leading zeros count.');
const nik = digits(digitsOf.nik).describe('16 digits.');

const notKnown = (what: string) => ({
  error: ({ code }: { code: string | undefined }) =>
    code === 'unrecognized_keys' ? 'has a field that is not known' : what,
});

const memberNumber = z
  .discriminatedUnion(
    'kind',
    [
      z.strictObject({ kind: z.literal('card'), digits: cardNumber }, notKnown('must be an object')),
      z.strictObject({ kind: z.literal('nik'), digits: nik }, notKnown('must be an object')),
    ],
    'must be card or nik',
  )
  .describe('A number that a member may be known by.');

/** A member as a membership service tells of one; `Member` says what each part means. */
export const member = z
  .object({
    cardNumber,
    nik: nik.nullable().describe('Null where the record has none.'),
    segment: z
      .enum(['pbi', 'pemda', 'ppu', 'mandiri', 'bp'])
      .describe('Who pays: central or local government, an employer, the family itself, a pensioner and the state.'),
    statusCode: z.string().regex(/^\w+$/).describe('As in the national API: 0 is the only active one.'),
    careClass: z.literal([1, 2, 3]).describe('Class of inpatient care.'),
    paysItself: z.boolean(),
    familySize: people,
    wholeFamilyActive: z.boolean(),
    paidThrough: month.nullable().describe('The last month that is paid; null where nobody pays month by month.'),
  })
  .describe('What is known about one member.');

/** A bill as a membership service tells of one; `Bill` says what each part means. */
export const bill = z
  .object({
    familySize: people,
    monthsInArrears: count.describe('Unpaid months before this one.'),
    monthsBilled: count.describe('The months of arrears that are asked for.'),
    arrears: rupiah,
    currentMonth: rupiah,
    total: rupiah.describe('Arrears and the current month, in whole rupiah.'),
    virtualAccount: z.object({ common: account, mandiri: account }),
    suspensionFrom: day.nullable().describe('First day without cover; null when nothing is owed.'),
    suspended: z.boolean(),
    instalments: z.object({ most: z.int().positive() }).nullable(),
  })
  .refine(({ arrears, currentMonth, total }) => total === arrears + currentMonth, { path: ['total'] })
  .refine(({ total, suspensionFrom }) => total === 0 || suspensionFrom !== null, { path: ['suspensionFrom'] })
  .describe('What a family that pays itself owes.');

/**
 * The two questions over HTTP, for whoever asks and whoever answers: each is a POST, so that no number of a person
 * stands in an address, which every server on the way writes down.
 */
export const contract = {
  findMember: {
    path: '/find-member',
    summary: 'The member with this card number or NIK, or null when there is none.',
    question: z.strictObject({ number: memberNumber }, notKnown('must be an object')),
    answer: z.object({ member: member.nullable() }),
  },
  findBill: {
    path: '/find-bill',
    summary: "The bill of this member's family, or null when it does not pay itself. The answer repeats whose it is.",
    question: z.strictObject({ cardNumber }, notKnown('must be an object')),
    answer: z.object({ cardNumber, bill: bill.nullable() }),
  },
} as const;

/** What is answered in the place of an answer (RFC 9457). It names fields, and never what stood in them. */
export const problem = z
  .object({ type: z.literal('about:blank'), title: z.string(), status: z.int(), detail: z.string() })
  .describe('Why there is no answer.');
