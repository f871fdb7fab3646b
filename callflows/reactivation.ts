import { callflow, everyFlow, type FlowContext, goTo, say } from '../src/call/flow.ts';
import type { Member } from '../src/membership/membership.ts';
import { contacts } from './contacts.ts';
import { atMainMenu, goodbye, provedCallerFirst, told, withOfficer } from './steps.ts';

const is =
  (fits: (member: Member) => boolean) =>
  ({ context }: { context: FlowContext }) =>
    fits(context.session.member!);

/** What this member has to do for the card to be active again: by cause and by who pays. */
const steps = {
  active: [say('alreadyActive')],
  child: [say('reactivateChildStudent'), say('reactivateChildOwn')],
  pbi: [say('reactivatePbi1'), say('reactivatePbi2'), say('reactivatePbi3')],
  pemda: [say('reactivatePemda')],
  ppu: [say('reactivatePpu'), say('reactivateAfterWork')],
  office: [say('reactivateOffice')],
};

const leaf = (question: 'active' | 'pbi') =>
  told({ question, ask: [...steps[question], say('usualKeys')], choices: {}, back: '#atMainMenu' });

/** What an office takes up, PANDAWA does too; its number is one key away. */
const leafWithPandawa = (question: Exclude<keyof typeof steps, 'active' | 'pbi'>) =>
  told({
    question,
    ask: [...steps[question], say('hearPandawa'), say('usualKeys')],
    choices: { 1: '#reactivation.pandawa' },
    back: '#atMainMenu',
  });

export const reactivation = callflow.createMachine({
  id: 'reactivation',
  description: 'Tells a member whose card is not active what to do, step by step.',
  ...everyFlow,
  initial: 'arriving',
  states: {
    ...provedCallerFirst('reactivation', 'choosing'),
    choosing: {
      always: [
        { description: 'active', guard: is(({ statusCode }) => statusCode === '0'), target: 'active' },
        { description: 'past the age limit', guard: is(({ statusCode }) => statusCode === '6'), target: 'child' },
        {
          description: 'in arrears',
          guard: is(({ statusCode, paysItself }) => paysItself && statusCode === '9'),
          target: 'paying',
        },
        { description: 'PBI', guard: is(({ segment }) => segment === 'pbi'), target: 'pbi' },
        { description: 'Pemda', guard: is(({ segment }) => segment === 'pemda'), target: 'pemda' },
        { description: 'PPU', guard: is(({ segment }) => segment === 'ppu'), target: 'ppu' },
        { description: 'all others', target: 'office' },
      ],
    },
    active: leaf('active'),
    child: leafWithPandawa('child'),
    pbi: leaf('pbi'),
    pemda: leafWithPandawa('pemda'),
    ppu: leafWithPandawa('ppu'),
    office: leafWithPandawa('office'),
    paying: told({
      question: 'paying',
      ask: [say('reactivatePaying'), say('reactivateInpatientFee'), say('hearBill'), say('usualKeys')],
      choices: { 1: '#reactivation.bill' },
      back: '#atMainMenu',
    }),
    pandawa: told({
      question: 'pandawa',
      ask: [say('pandawa', () => ({ number: contacts.pandawa })), say('backKeys')],
      choices: {},
      back: '#reactivation.choosing',
    }),
    bill: goTo('bill'),
    atMainMenu,
    withOfficer,
    goodbye,
  },
});
