import type { FamilyTerms, PersonRecord } from './family.ts';
import { statusCodes } from './family.ts';
import type { CareClass } from './membership.ts';
import { addMonths, monthOf } from './months.ts';

/** A member who exists only here, for testers to call as; `description` is empty for relatives nobody needs to call as. */
type InventedPerson = PersonRecord & { description: string };

/** A family that exists only here. */
type InventedFamily = FamilyTerms & { members: readonly InventedPerson[] };

/**
 * The families that testers call as. Payment months follow `today`, so that "3 months in arrears" is true every day.
 * Numbers never move, because people learn them by heart: cards count up from 0009999000017, relatives put a 1, 2, 3
 * or 4 before the last two digits, and every NIK ends in the serial 0000, which belongs to nobody.
 */
export const inventedFamilies = (today: string): readonly InventedFamily[] => [
  ...selfPaying(monthOf(today)),
  ...paidByOthers,
  ...pensioners(monthOf(today)),
  ...unusual(monthOf(today)),
];

/** The members that testers call as, each with what is true of them. */
export const inventedMembers = (today: string): readonly (InventedPerson & FamilyTerms)[] =>
  inventedFamilies(today).flatMap(({ members, ...terms }) =>
    members.filter((person) => person.description !== '').map((person) => ({ ...person, ...terms })),
  );

const { active, deceased, childPastAge, suspended, unpaid, endOfMonth } = statusCodes;

/** A person by the end of the card number, and by province and birth date as the NIK writes it (women: day + 40). */
function person(card: number, province: string, birth: string, statusCode: string, description = ''): InventedPerson {
  const nik = `${province}9999${birth}0000`;
  return { cardNumber: `0009999${String(card).padStart(6, '0')}`, nik, statusCode, description };
}

/** Spouse and three children of a head of family. */
const fourRelatives = (card: number, province: string, statusCode: string): InventedPerson[] =>
  ['520687', '110911', '640214', '030718'].map((birth, index) =>
    person((index + 1) * 100 + card, province, birth, statusCode),
  );

/** A family that pays itself and last paid so many months ago. */
const mandiri = (month: string, behind: number, careClass: CareClass, members: InventedPerson[]): InventedFamily => ({
  segment: 'mandiri',
  careClass,
  paidThrough: addMonths(month, -behind),
  members,
});

const selfPaying = (month: string): InventedFamily[] => [
  mandiri(month, 0, 1, [
    person(17, '32', '170885', active, 'Pays itself: family of five, class 1, paid through this month'),
    ...fourRelatives(17, '32', active),
  ]),
  mandiri(month, 1, 3, [person(18, '33', '410190', active, 'Pays itself: alone, class 3, only this month unpaid')]),
  mandiri(month, 2, 3, [person(19, '35', '020279', unpaid, 'Pays itself: alone, class 3, 1 month in arrears')]),
  mandiri(month, 4, 2, [
    person(20, '12', '430380', unpaid, 'Pays itself: family of five, class 2, 3 months in arrears'),
    ...fourRelatives(20, '12', unpaid),
  ]),
  mandiri(month, 6, 2, [
    person(21, '73', '040488', unpaid, 'Pays itself: couple, class 2, 5 months in arrears, 2 instalments'),
    person(121, '73', '450589', unpaid),
  ]),
  mandiri(month, 25, 3, [
    person(22, '51', '460675', unpaid, 'Pays itself: alone, class 3, 24 months in arrears, 12 instalments'),
  ]),
  mandiri(month, 31, 3, [
    person(23, '64', '070770', unpaid, 'Pays itself: alone, class 3, 30 months in arrears, 24 billed'),
  ]),
  mandiri(month, 4, 3, [
    person(41, '18', '250690', suspended, 'Pays itself: alone, class 3, on hold (code 7), 3 months in arrears'),
  ]),
  mandiri(month, 0, 3, [
    person(142, '52', '560376', active),
    person(
      42,
      '52',
      '140803',
      childPastAge,
      'Child of a family that pays itself: past the age limit (code 6), nothing owed',
    ),
  ]),
];

const paidByOthers: InventedFamily[] = [
  byOthers('pbi', 3, [person(24, '53', '480865', active, 'PBI: active')]),
  byOthers('pbi', 3, [person(25, '91', '090960', suspended, 'PBI: switched off (code 7)')]),
  byOthers('pemda', 3, [person(26, '76', '501082', active, 'Local government pays: active')]),
  byOthers('pemda', 3, [
    person(27, '81', '111183', endOfMonth, 'Local government paid: ended at the end of the month (code 15)'),
  ]),
  byOthers('ppu', 1, [person(28, '31', '521291', active, 'Employee: active, class 1')]),
  byOthers('ppu', 2, [person(29, '36', '130192', endOfMonth, 'Employee: left the employer (code 15)')]),
  byOthers('ppu', 1, [
    person(130, '34', '540273', active),
    person(30, '34', '010106', active, "Employee's child of 20: active"),
    person(31, '34', '410105', childPastAge, "Employee's child of 21: past the age limit (code 6)"),
    person(32, '34', '010101', childPastAge, "Employee's child of 25: past the age limit (code 6)"),
  ]),
];

function byOthers(segment: 'pbi' | 'pemda' | 'ppu', careClass: CareClass, members: InventedPerson[]): InventedFamily {
  return { segment, careClass, paidThrough: null, members };
}

const pensioners = (month: string): InventedFamily[] => [
  {
    segment: 'bp',
    careClass: 1,
    paidThrough: null,
    members: [person(33, '13', '550355', active, 'Pensioner: active, does not pay itself')],
  },
  {
    segment: 'bp',
    careClass: 1,
    paidThrough: null,
    members: [person(40, '17', '120451', suspended, 'Pensioner: on hold (code 7), does not pay itself')],
  },
  {
    segment: 'bp',
    careClass: 2,
    paidThrough: addMonths(month, -4),
    members: [person(34, '61', '160450', unpaid, 'Veteran who pays itself: class 2, 3 months in arrears')],
  },
];

const unusual = (month: string): InventedFamily[] => [
  mandiri(month, 0, 3, [
    person(35, '71', '170548', deceased, 'Deceased (code 2)'),
    person(
      36,
      '71',
      '580652',
      active,
      'Widow of the deceased: pays itself, alone on the bill, paid through this month',
    ),
  ]),
  byOthers('ppu', 2, [person(37, '94', '190777', '99', 'Employee: a status code nobody knows (code 99)')]),
  byOthers('pbi', 3, [{ ...person(38, '62', '200858', active, 'PBI: active, no NIK in the record'), nik: null }]),
  byOthers('ppu', 2, [person(39, '16', '610993', unpaid, 'Employee: the employer has not paid (code 9)')]),
];
