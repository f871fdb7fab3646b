import { callflow, everyFlow, type FlowContext, goTo, remember, say } from '../src/call/flow.ts';
import type { Standing } from '../src/membership/enquiries.ts';
import { forgetCard, withOfficer } from './steps.ts';

const standing =
  (standing: Standing) =>
  ({ context }: { context: FlowContext }) =>
    context.session.identified?.standing === standing;

export const membershipStatus = callflow.createMachine({
  id: 'membershipStatus',
  description:
    'Tells whoever typed a number that exists whether that membership is active. The rest is for who proves to be the member.',
  ...everyFlow,
  initial: 'arriving',
  states: {
    arriving: {
      always: [
        { description: 'active', guard: standing('active'), actions: say('statusActive'), target: 'details' },
        { description: 'not active', guard: standing('inactive'), actions: say('statusInactive'), target: 'details' },
        {
          guard: standing('unclear'),
          actions: [say('statusInactive'), say('officerForThisNumber'), forgetCard],
          target: 'withOfficer',
        },
        {
          guard: standing('officerOnly'),
          actions: [say('officerForThisNumber'), forgetCard],
          target: 'withOfficer',
        },
        { actions: remember({ wanted: 'membershipStatus' }), target: 'identifying' },
      ],
    },
    identifying: goTo('identify'),
    details: goTo('membershipDetails'),
    withOfficer,
  },
});
