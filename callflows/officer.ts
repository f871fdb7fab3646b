import { callflow, everyFlow, type FlowContext, remember, say, sayWhen } from '../src/call/flow.ts';
import { contacts } from './contacts.ts';
import { atMainMenu, goodbye } from './steps.ts';

const pandawa = () => ({ number: contacts.pandawa });
const isSecondTime = ({ session }: FlowContext) => session.officersMissed === 1;

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
            description: 'no officer answers',
            actions: [
              say('officersBusy'),
              sayWhen(({ session }) => session.searchStopped, 'tryLater'),
              sayWhen(isSecondTime, 'writeToPandawa', pandawa),
              sayWhen(isSecondTime, 'onceMore', pandawa),
              say('backAtMainMenu'),
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
