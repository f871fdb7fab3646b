import { callflow, everyFlow, goTo, remember, say, sayInOtherLanguage } from '../src/call/flow.ts';
import { goodbye, menu, withOfficer } from './steps.ts';

export const mainMenu = callflow.createMachine({
  id: 'mainMenu',
  description: 'Greets the caller once, and asks what the call is about.',
  ...everyFlow,
  initial: 'arriving',
  states: {
    arriving: {
      always: [
        { guard: ({ context }) => context.session.greeted, target: 'choosing' },
        { actions: [say('welcome'), remember({ greeted: true })], target: 'choosing' },
      ],
    },
    choosing: menu({
      question: 'choosing',
      ask: [say('mainMenu'), sayInOtherLanguage('otherLanguage')],
      choices: { 1: '#mainMenu.status', 2: '#mainMenu.bill', 3: '#mainMenu.reactivation', 4: '#mainMenu.information' },
    }),
    status: goTo('membershipStatus'),
    bill: goTo('bill'),
    reactivation: goTo('reactivation'),
    information: goTo('information'),
    withOfficer,
    goodbye,
  },
});
