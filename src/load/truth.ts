import type { PromptKey } from '../../prompts/prompts.ts';
import { type Owed, owed } from './law.ts';
import type { Person } from './people.ts';
import { type Filling, knownAs } from './understanding.ts';

/** What is true of somebody, in the sentences it may be told in. */
export type Truth = {
  /** What whoever knows the number may hear. */
  standing: PromptKey;
  /** What only the member may hear, with what stands in the blanks. */
  facts: ReadonlyMap<PromptKey, Filling>;
  /** Sentences of one answer: who hears it out and hears one of them hears all of them. */
  together: readonly (readonly PromptKey[])[];
};

/** Sentences that say something of a member. */
export const facts: ReadonlySet<PromptKey> = new Set<PromptKey>([
  ...([
    'familyActive',
    'familyNotActive',
    'careClass',
    'paidThrough',
    'nothingOwed',
    'arrears',
    'arrearsCapped',
  ] as const),
  ...([
    'suspendedSince',
    'payBefore',
    'totalToPay',
    'totalThisMonth',
    'totalOwed',
    'instalments',
    'alreadyActive',
  ] as const),
  ...([
    'virtualAccount',
    'virtualAccountMandiri',
    'causeArrears',
    'causePastAgeLimit',
    'causeSuspended',
    'causeNotTheBill',
  ] as const),
  ...(['causeEndOfMonth', 'nextStepPay', 'nextStepPbi', 'nextStepPemda', 'nextStepPpu', 'nextStepBp'] as const),
  ...([
    'nextStepChild',
    'notBilled',
    'notBilledPbi',
    'notBilledPemda',
    'notBilledPpu',
    'notBilledBp',
    'reactivatePbi1',
  ] as const),
  ...(['reactivatePbi2', 'reactivatePbi3', 'reactivatePemda', 'reactivatePpu', 'reactivateAfterWork'] as const),
  ...(['reactivatePaying', 'reactivateInpatientFee', 'reactivateOffice', 'reactivateChildStudent'] as const),
  'reactivateChildOwn',
]);

/** Sentences that say whether a membership is active, or that only an officer may say so. */
export const standings: ReadonlySet<PromptKey> = new Set<PromptKey>([
  'statusActive',
  'statusInactive',
  'officerForThisNumber',
]);

type Told = [PromptKey, Filling?][];

const whoPays = { pbi: 'notBilledPbi', pemda: 'notBilledPemda', ppu: 'notBilledPpu', bp: 'notBilledBp' } as const;
const firstStep = { pbi: 'nextStepPbi', pemda: 'nextStepPemda', ppu: 'nextStepPpu', bp: 'nextStepBp' } as const;

/** What is true of a person on a day, worked out from the population and the law alone. */
export function truthOf(person: Person, today: string): Truth {
  const { family, code } = person;
  const dues = duesOf(person, today);
  const nowOf = (recorded: string) =>
    dues && ['0', '9'].includes(recorded) ? (dues.isSuspended ? '9' : '0') : recorded;
  const now = nowOf(code);
  const relatives = family.members.map(({ statusCode }) => nowOf(statusCode)).filter((one) => one !== '2');
  const details: Told = now === '0' ? cover(person, relatives) : trouble(person, now);
  const bill = dues ? billed(dues, now, family.paidThrough!, heads(person)) : [];
  const answers = [details, bill, wayBack(person, now)].map((told) => told.map(asHeard));
  return {
    standing: now === '2' ? 'officerForThisNumber' : now === '0' ? 'statusActive' : 'statusInactive',
    facts: new Map([...answers.flat(), ...apart(person, now, dues).map(asHeard)]),
    together: answers.map((told) => told.map(([prompt]) => prompt).filter((prompt) => isOfOne(prompt, answers))),
  };
}

const asHeard = ([prompt, filling = {}]: Told[number]): [PromptKey, Filling] => [knownAs(prompt), filling];

/** A sentence that stands in two answers does not say which of them was given. */
const isOfOne = (prompt: PromptKey, answers: readonly (readonly [PromptKey, Filling][])[]) =>
  answers.filter((told) => told.some(([other]) => other === prompt)).length === 1;

/** Who is on the bill: neither the dead nor children past the age limit. */
const heads = ({ family }: Person) =>
  family.members.filter(({ statusCode }) => !['2', '6'].includes(statusCode)).length;

function duesOf(person: Person, today: string): Owed | null {
  const { paidThrough, careClass, segment } = person.family;
  if (paidThrough === null) return null;
  return owed({ paidThrough, careClass, people: heads(person), isMandiri: segment === 'mandiri' }, today);
}

function cover({ family }: Person, relatives: readonly string[]): Told {
  const told: Told = [
    [relatives.every((one) => one === '0') ? 'familyActive' : 'familyNotActive'],
    ['careClass', { class: family.careClass }],
  ];
  return family.paidThrough === null ? told : [...told, ['paidThrough', { month: family.paidThrough }]];
}

function trouble({ family: { segment, paidThrough } }: Person, now: string): Told {
  if (now === '6') return [['causePastAgeLimit'], ['nextStepChild']];
  const cause =
    now === '15' ? 'causeEndOfMonth' : now === '9' && paidThrough !== null ? 'causeArrears' : 'causeSuspended';
  if (paidThrough !== null) return now === '9' ? [[cause], ['nextStepPay']] : [[cause]];
  return segment === 'mandiri' ? [[cause]] : [[cause], [firstStep[segment]]];
}

/** The bill. Whoever is not active for another reason than arrears is not promised that paying helps. */
function billed(dues: Owed, now: string, paidThrough: string, people: number): Told {
  const { monthsBehind, total, holdsUntil, isSuspended } = dues;
  const isOnlyAboutMoney = ['0', '9'].includes(now);
  if (holdsUntil === null) return [['nothingOwed', { month: paidThrough }]];
  const told: Told = isOnlyAboutMoney ? [] : [['causeNotTheBill']];
  if (monthsBehind > 0) told.push(['arrears', { months: monthsBehind }]);
  if (monthsBehind > 24) told.push(['arrearsCapped']);
  if (!isOnlyAboutMoney) return [...told, ['totalOwed', { total, people }]];
  told.push([isSuspended ? 'suspendedSince' : 'payBefore', { day: holdsUntil }]);
  return [...told, [monthsBehind > 0 ? 'totalToPay' : 'totalThisMonth', { total, people }]];
}

/** What to do for the card to be active again. */
function wayBack({ family: { segment, paidThrough } }: Person, now: string): Told {
  if (now === '0') return [['alreadyActive']];
  if (now === '6') return [['reactivateChildStudent'], ['reactivateChildOwn']];
  if (now === '9' && paidThrough !== null) return [['reactivatePaying'], ['reactivateInpatientFee']];
  if (segment === 'pbi') return [['reactivatePbi1'], ['reactivatePbi2'], ['reactivatePbi3']];
  if (segment === 'pemda') return [['reactivatePemda']];
  return segment === 'ppu' ? [['reactivatePpu'], ['reactivateAfterWork']] : [['reactivateOffice']];
}

/** What is told in a sentence of its own. */
function apart({ cardNumber, family: { segment } }: Person, now: string, dues: Owed | null): Told {
  if (dues === null && now !== '0') return [['notBilled']];
  if (dues === null) return segment === 'mandiri' ? [] : [[whoPays[segment]]];
  const tail = cardNumber.slice(-11);
  const accounts: Told = [
    ['virtualAccount', { number: `88888${tail}` }],
    ['virtualAccountMandiri', { number: `89888${tail}` }],
  ];
  return dues.mostInstalments === null ? accounts : [...accounts, ['instalments', { most: dues.mostInstalments }]];
}
