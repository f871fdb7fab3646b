import { callflow, everyFlow, remember, say, sayWhen } from '../src/call/flow.ts';
import { contacts } from './contacts.ts';
import { atMainMenu, goodbye } from './steps.ts';

export const officer = callflow.createMachine({
  id: 'officer',
  description: 'Hands the caller to an officer. Where nobody picks up, says so and goes back to the menu.',
  ...everyFlow,
  initial: 'ringing',
  states: {
    ringing: {
      entry: say('connectingOfficer'),
      meta: { transfer: { to: 'officer', ringSeconds: 30 } },
      on: {
        transferEnded: [
          { description: 'an officer answers', guard: 'answered', target: 'goodbye' },
          {
            actions: [
              say('officersBusy'),
              sayWhen(
                ({ session }) => session.officersMissed === 1,
                'writeToPandawa',
                () => ({ number: contacts.pandawa }),
              ),
              remember(({ officersMissed }) => ({ officersMissed: officersMissed + 1 })),
            ],
            target: 'atMainMenu',
          },
        ],
      },
    },
    atMainMenu,
    goodbye,
  },
});
