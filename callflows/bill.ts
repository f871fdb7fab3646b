import { callflow, everyFlow, type FlowContext, goTo, say, sayOneOf, sayWhen } from '../src/call/flow.ts';
import type { Bill, Member } from '../src/membership/membership.ts';
import { atMainMenu, goodbye, provedCallerFirst, told, withOfficer } from './steps.ts';

const of = ({ session }: FlowContext): Bill => session.bill!;
const member = ({ session }: FlowContext): Member => session.member!;
const spokenAccount = (digits: string) => ({ number: { digits, groups: [4, 4, 4, 4] } });
const isInArrears = (context: FlowContext) => of(context).monthsInArrears > 0;
const suspensionDay = (context: FlowContext) => ({ day: { day: of(context).suspensionFrom! } });
const owesNothing = ({ context }: { context: FlowContext }) => of(context).total === 0;

/** Whom paying alone may not make active again: only arrears (code 9) are sure to be the whole cause. */
const hasOtherCause = (context: FlowContext) => !['0', '9'].includes(member(context).statusCode);
const mayPayByInstalments = ({ context }: { context: FlowContext }) => of(context).instalments !== null;

/** What is said of the amount: only whom it makes active again is told so. */
function total(context: FlowContext) {
  if (hasOtherCause(context)) return 'totalOwed';
  return isInArrears(context) ? 'totalToPay' : 'totalThisMonth';
}

/** Who pays the contribution of a member who does not pay it. */
const paidByOthers = {
  pbi: 'notBilledPbi',
  pemda: 'notBilledPemda',
  ppu: 'notBilledPpu',
  bp: 'notBilledBp',
  mandiri: 'factsFromOfficer',
} as const;

const sayWhoPays = sayOneOf(Object.values(paidByOthers), (context) => paidByOthers[member(context).segment]);
const sayPaidThrough = say('nothingOwed', (context) => ({ month: { month: member(context).paidThrough! } }));
const othersPay =
  (isActive: boolean) =>
  ({ context }: { context: FlowContext }) =>
    context.session.bill === null && (member(context).statusCode === '0') === isActive;

export const bill = callflow.createMachine({
  id: 'bill',
  description: 'Tells a member who pays the contribution what the family owes, and how to pay it.',
  ...everyFlow,
  initial: 'arriving',
  states: {
    ...provedCallerFirst('bill', 'finding'),
    finding: {
      invoke: {
        id: 'findBill',
        src: 'findBill',
        input: ({ context }) => ({ member: member(context) }),
        onDone: {
          actions: { type: 'remember', params: ({ event }) => ({ bill: event.output }) },
          target: 'looking',
        },
        onError: { actions: say('membersUnreachable'), target: 'withOfficer' },
      },
    },
    looking: {
      always: [
        { description: 'others pay, active', guard: othersPay(true), target: 'paidByOthers' },
        { description: 'others paid', guard: othersPay(false), target: 'paidByOthersInactive' },
        {
          description: 'owes nothing, not active',
          guard: ({ context }) => owesNothing({ context }) && hasOtherCause(context),
          target: 'paidInactive',
        },
        { description: 'owes nothing', guard: owesNothing, target: 'paid' },
        { target: 'owing' },
      ],
    },
    paidByOthers: told({
      question: 'paidByOthers',
      ask: [sayWhoPays, say('usualKeys')],
      choices: {},
      back: '#atMainMenu',
    }),
    paidByOthersInactive: told({
      question: 'paidByOthersInactive',
      ask: [say('statusInactive'), say('notBilled'), say('howToReactivate'), say('usualKeys')],
      choices: { 1: '#bill.reactivation' },
      back: '#atMainMenu',
    }),
    paid: told({
      question: 'paid',
      ask: [sayPaidThrough, say('hearAccount'), say('usualKeys')],
      choices: { 1: '#bill.account' },
      back: '#atMainMenu',
    }),
    paidInactive: told({
      question: 'paidInactive',
      ask: [say('statusInactive'), sayPaidThrough, say('howToReactivate'), say('usualKeys')],
      choices: { 1: '#bill.reactivation' },
      back: '#atMainMenu',
    }),

    // The amount comes last, so that it is fresh when the caller is asked.
    owing: {
      entry: [
        sayWhen(hasOtherCause, 'statusInactive'),
        sayWhen(hasOtherCause, 'causeNotTheBill'),
        sayWhen(isInArrears, 'arrears', (context) => ({ months: of(context).monthsInArrears })),
        sayWhen((context) => of(context).monthsInArrears > of(context).monthsBilled, 'arrearsCapped'),
        sayWhen((context) => of(context).suspended && !hasOtherCause(context), 'suspendedSince', suspensionDay),
        sayOneOf(['totalOwed', 'totalToPay', 'totalThisMonth'], total, (context) => ({
          total: { rupiah: of(context).total },
          people: of(context).familySize,
        })),
        sayWhen((context) => !of(context).suspended && !hasOtherCause(context), 'payBefore', suspensionDay),
        sayWhen((context) => context.session.writeOffAnnounced && isInArrears(context), 'writeOffAnnounced'),
      ],
      always: [
        { description: 'REHAB', guard: mayPayByInstalments, target: 'choosingWithInstalments' },
        { target: 'choosing' },
      ],
    },
    choosing: told({
      question: 'choosing',
      ask: [say('billMenu'), say('billKeys')],
      choices: { 1: '#bill.account', 2: '#bill.howToPay' },
      back: '#atMainMenu',
      again: '#bill.owing',
    }),
    choosingWithInstalments: told({
      question: 'choosingWithInstalments',
      ask: [say('billMenu'), say('instalmentsChoice'), say('billKeys')],
      choices: { 1: '#bill.account', 2: '#bill.howToPay', 3: '#bill.instalments' },
      back: '#atMainMenu',
      again: '#bill.owing',
    }),

    account: told({
      question: 'account',
      ask: [
        say('virtualAccount', (context) => spokenAccount(of(context).virtualAccount.common)),
        say('hearMandiri'),
        say('backKeys'),
      ],
      choices: { 1: '#bill.mandiriAccount' },
      back: '#bill.looking',
    }),
    mandiriAccount: told({
      question: 'mandiriAccount',
      ask: [
        say('virtualAccountMandiri', (context) => spokenAccount(of(context).virtualAccount.mandiri)),
        say('backKeys'),
      ],
      choices: {},
      back: '#bill.account',
    }),
    howToPay: told({
      question: 'howToPay',
      ask: [
        say('howToPay'),
        sayWhen((context) => of(context).suspended, 'reactivateInpatientFee'),
        say('hearAccount'),
        say('backKeys'),
      ],
      choices: { 1: '#bill.account' },
      back: '#bill.looking',
    }),
    instalments: told({
      question: 'instalments',
      ask: [
        say('instalments', (context) => ({ most: of(context).instalments!.most })),
        say('instalmentsHow'),
        say('backKeys'),
      ],
      choices: {},
      back: '#bill.looking',
    }),
    reactivation: goTo('reactivation'),
    atMainMenu,
    withOfficer,
    goodbye,
  },
});
