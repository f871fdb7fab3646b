import { callflow, everyFlow, goTo, say } from '../src/call/flow.ts';
import { contacts } from './contacts.ts';
import { atMainMenu, goodbye, menu, told, withOfficer } from './steps.ts';

type Spoken = ReturnType<typeof say>;
type Choices = Parameters<typeof menu>[0]['choices'];

const submenu = (question: string, ask: Spoken, choices: Choices, back = '#choosing') =>
  menu({ question, ask: [ask], choices, back });
const answer = (question: string, back: string, ...tell: Spoken[]) =>
  told({ question, ask: [...tell, say('backKeys')], choices: {}, back });

export const information = callflow.createMachine({
  id: 'information',
  description: 'Answers what callers ask about without saying who they are.',
  ...everyFlow,
  initial: 'choosing',
  states: {
    choosing: submenu(
      'choosing',
      say('informationMenu'),
      { 1: '#paying', 2: '#offices', 3: '#writing', 4: '#meaning' },
      '#atMainMenu',
    ),

    paying: submenu('paying', say('payingMenu'), { 1: '#howToPay', 2: '#balance' }),
    howToPay: told({
      question: 'howToPay',
      ask: [say('howToPay'), say('hearBillAndAccount'), say('backKeys')],
      choices: { 1: '#information.bill' },
      back: '#paying',
    }),
    balance: told({
      question: 'balance',
      ask: [say('noBalance'), say('afterBalance'), say('backKeys')],
      choices: { 1: '#information.status', 2: '#information.bill' },
      back: '#paying',
    }),

    offices: answer('offices', '#choosing', say('offices'), say('hospitalOfficer')),

    writing: submenu('writing', say('writingMenu'), { 1: '#chika', 2: '#pandawa', 3: '#sms', 4: '#mobileJkn' }),
    chika: answer(
      'chika',
      '#writing',
      say('chika', () => ({ number: contacts.chika })),
    ),
    pandawa: answer(
      'pandawa',
      '#writing',
      say('pandawa', () => ({ number: contacts.pandawa })),
    ),
    sms: answer(
      'sms',
      '#writing',
      say('sms', () => ({ number: contacts.sms })),
    ),
    mobileJkn: answer('mobileJkn', '#writing', say('mobileJkn')),

    meaning: submenu('meaning', say('meaningMenu'), { 1: '#kisAndJkn', 2: '#fraud' }),
    kisAndJkn: answer('kisAndJkn', '#meaning', say('kisAndJkn')),
    fraud: answer('fraud', '#meaning', say('fraud')),

    status: goTo('membershipStatus'),
    bill: goTo('bill'),
    atMainMenu,
    withOfficer,
    goodbye,
  },
});
