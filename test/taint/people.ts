import type { Member } from '../../src/membership/membership.ts';
import type { Secret } from './leaks.ts';

/** Somebody invented who calls, and of whom not a word may be left anywhere. */
export type Person = { name: string; card: string; nik: string; phone: string };

/** Two who call at the same time, neither of whom may hear of the other. */
export const zulaikha: Person = {
  name: 'Zulaikha Prawirodirdjo',
  card: '0009998371946',
  nik: '3299997108913746',
  phone: '+6281200937264',
};
export const bhaskara: Person = {
  name: 'Bhaskara Tjokronegoro',
  card: '0009997462850',
  nik: '5199992404684917',
  phone: '+6281200493618',
};

/** What is theirs, for a search. */
export const secretsOf = ({ name, card, nik, phone }: Person): Secret[] => [
  { what: `the name of ${name}`, value: name },
  { what: `the card of ${name}`, value: card },
  { what: `the NIK of ${name}`, value: nik },
  { what: `the telephone of ${name}`, value: phone },
];

/** What a membership service knows of them, and more than it was asked for. */
export const memberOf = ({ name, card, nik, phone }: Person): Member & Record<string, unknown> => ({
  cardNumber: card,
  nik,
  segment: 'mandiri',
  statusCode: '9',
  careClass: 2,
  paysItself: true,
  familySize: 3,
  wholeFamilyActive: false,
  paidThrough: '2026-08',
  name,
  phone,
});
