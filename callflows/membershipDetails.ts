import {
  callflow,
  everyFlow,
  type FlowContext,
  goTo,
  remember,
  say,
  sayEither,
  sayOneOf,
  sayWhen,
} from '../src/call/flow.ts';
import type { Member } from '../src/membership/membership.ts';
import { atMainMenu, goodbye, otherCard, told, withOfficer } from './steps.ts';

const of = ({ session }: FlowContext): Member => session.member!;

/** Why a membership is not active, by status code of the national API. Arrears are only ever told to who pays them. */
function cause({ statusCode, paysItself }: Member) {
  if (statusCode === '6') return 'causePastAgeLimit';
  if (statusCode === '15') return 'causeEndOfMonth';
  return statusCode === '9' && paysItself ? 'causeArrears' : 'causeSuspended';
}

const firstStep = {
  pbi: 'nextStepPbi',
  pemda: 'nextStepPemda',
  ppu: 'nextStepPpu',
  bp: 'nextStepBp',
  mandiri: 'factsFromOfficer',
} as const;

/** The first thing to do about it, by who pays. Paying is promised to help only where arrears are the cause. */
function nextStep({ statusCode, paysItself, segment }: Member) {
  if (statusCode === '6') return 'nextStepChild';
  if (paysItself) return statusCode === '9' ? 'nextStepPay' : 'factsFromOfficer';
  return firstStep[segment];
}

export const membershipDetails = callflow.createMachine({
  id: 'membershipDetails',
  description: 'Tells the member what stands behind "active" or "not active", and what to do next.',
  ...everyFlow,
  initial: 'arriving',
  states: {
    arriving: {
      always: [
        { description: 'proved', guard: ({ context }) => context.session.member !== null, target: 'telling' },
        { actions: remember({ wanted: 'membershipDetails' }), target: 'proving' },
      ],
    },
    proving: goTo('prove'),
    telling: {
      always: [
        { description: 'not active', guard: ({ context }) => of(context).statusCode !== '0', target: 'tellingCause' },
        { description: 'active', target: 'tellingCover' },
      ],
    },
    tellingCover: {
      entry: [
        sayEither((context) => of(context).wholeFamilyActive, 'familyActive', 'familyNotActive'),
        say('careClass', (context) => ({ class: of(context).careClass })),
        sayWhen(
          (context) => of(context).paidThrough !== null,
          'paidThrough',
          (context) => ({ month: { month: of(context).paidThrough! } }),
        ),
      ],
      always: [
        { description: 'pays itself', guard: ({ context }) => of(context).paysItself, target: 'activeAndPaying' },
        { target: 'active' },
      ],
    },
    active: told({
      question: 'active',
      ask: [say('otherCard'), say('usualKeys')],
      choices: { 1: '#otherCard' },
      back: '#atMainMenu',
      again: '#membershipDetails.telling',
    }),
    activeAndPaying: told({
      question: 'activeAndPaying',
      ask: [say('hearBill'), say('otherCardSecond'), say('usualKeys')],
      choices: { 1: '#membershipDetails.bill', 2: '#otherCard' },
      back: '#atMainMenu',
      again: '#membershipDetails.telling',
    }),
    tellingCause: {
      entry: [
        sayOneOf(['causeArrears', 'causePastAgeLimit', 'causeEndOfMonth', 'causeSuspended'], (context) =>
          cause(of(context)),
        ),
        sayOneOf(['nextStepPay', 'nextStepChild', ...Object.values(firstStep)], (context) => nextStep(of(context))),
      ],
      always: [
        { description: 'pays itself', guard: ({ context }) => of(context).paysItself, target: 'inactiveAndPaying' },
        { target: 'inactive' },
      ],
    },
    inactive: told({
      question: 'inactive',
      ask: [say('howToReactivate'), say('otherCardSecond'), say('usualKeys')],
      choices: { 1: '#membershipDetails.reactivation', 2: '#otherCard' },
      back: '#atMainMenu',
      again: '#membershipDetails.telling',
    }),
    inactiveAndPaying: told({
      question: 'inactiveAndPaying',
      ask: [say('hearBill'), say('howToReactivateSecond'), say('otherCardThird'), say('usualKeys')],
      choices: { 1: '#membershipDetails.bill', 2: '#membershipDetails.reactivation', 3: '#otherCard' },
      back: '#atMainMenu',
      again: '#membershipDetails.telling',
    }),
    bill: goTo('bill'),
    reactivation: goTo('reactivation'),
    otherCard,
    atMainMenu,
    withOfficer,
    goodbye,
  },
});
