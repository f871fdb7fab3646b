import type { Enquiries } from '../../src/membership/enquiries.ts';
import { type Member, MembershipUnavailable } from '../../src/membership/membership.ts';
import { billFor } from '../../src/membership/rules.ts';

export const TODAY = '2026-11-21';

const somebody: Member = {
  cardNumber: '',
  nik: null,
  segment: 'mandiri',
  statusCode: '0',
  careClass: 1,
  paysItself: false,
  familySize: 1,
  wholeFamilyActive: true,
  paidThrough: null,
};

/** One member for each thing that a caller can be told. Who is asked about answers to the card number, or its NIK. */
export const kindsOfMember: Record<string, Partial<Member>> = {
  paid: { paysItself: true, paidThrough: '2026-11', wholeFamilyActive: false },
  thisMonthUnpaid: { paysItself: true, paidThrough: '2026-10' },
  inArrears: { paysItself: true, paidThrough: '2026-08', statusCode: '9', familySize: 5 },
  withInstalments: { paysItself: true, paidThrough: '2024-10', statusCode: '9' },
  beyondTheCap: { paysItself: true, paidThrough: '2024-04', statusCode: '9' },
  centralGovernment: { segment: 'pbi' },
  switchedOff: { segment: 'pbi', statusCode: '7' },
  localGovernment: { segment: 'pemda', statusCode: '15' },
  employee: { segment: 'ppu', statusCode: '15' },
  pensioner: { segment: 'bp', statusCode: '7' },
  grownChild: { segment: 'ppu', statusCode: '6' },
  mandiriWithoutBill: { segment: 'mandiri', statusCode: '7' },
  deceased: { statusCode: '2' },
  unknownCode: { statusCode: '99' },
  recordWithoutNik: {},
};

const kinds = Object.values(kindsOfMember);
const cardOf = (index: number) => `00099990000${String(index).padStart(2, '0')}`;
export const cards = kinds.map((_, index) => cardOf(index));
export const NIK_OF_FIRST = '3201011708850001';

/** The answers that the membership service would give, without any service: out of order, or guessed at too often, by wish. */
export function enquiries(how: 'works' | 'fails' | 'refuses'): Enquiries {
  const member = (digits: string): Member | null => {
    const index = digits === NIK_OF_FIRST ? 0 : cards.indexOf(digits);
    return index < 0 ? null : { ...somebody, cardNumber: digits, ...kinds[index] };
  };
  const standing = (code: string) =>
    code === '0' ? 'active' : code === '2' ? 'officerOnly' : code === '99' ? 'unclear' : 'inactive';
  const answer = async <Answer>(found: Answer): Promise<Answer> => {
    if (how === 'fails') throw new MembershipUnavailable('out of order');
    return found;
  };
  const tooManyTries = how === 'refuses';
  return {
    findMember: ({ number }) => {
      const found = tooManyTries ? null : member(number.digits);
      const canProve = number.digits !== cards.at(-1);
      return answer({ identified: found && { number, standing: standing(found.statusCode), canProve }, tooManyTries });
    },
    proveMember: ({ number, lastFour }) =>
      answer({ member: !tooManyTries && lastFour === '1234' ? member(number.digits) : null, tooManyTries }),
    findBill: ({ member: { cardNumber } }) => {
      const { paidThrough, careClass, familySize, segment } = member(cardNumber)!;
      return answer(
        paidThrough === null
          ? null
          : billFor({ cardNumber, paidThrough, careClass, familySize, segment, today: TODAY }),
      );
    },
  };
}
