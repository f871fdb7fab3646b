import {
  callflow,
  everyFlow,
  type FlowContext,
  goToWanted,
  remember,
  say,
  sayEither,
  sayOneOf,
  sayWhen,
} from '../src/call/flow.ts';
import { checkMemberNumber, digitsOf, type NumberCheck, type NumberFault } from '../src/membership/memberNumber.ts';
import type { MemberNumber } from '../src/membership/membership.ts';
import { askNumber, atMainMenu, goodbye, menu, mistyped, withOfficer } from './steps.ts';

const check = ({ typed }: FlowContext) => checkMemberNumber(typed);
const number = (context: FlowContext): MemberNumber => (check(context) as Extract<NumberCheck, { ok: unknown }>).ok;
const doubt = (context: FlowContext) => (check(context) as Extract<NumberCheck, { ok: unknown }>).doubt;
const isNobodysNumber = ({ context }: { context: FlowContext }) => 'wrong' in check(context);

const whatIsWrong = {
  tooShort: 'numberTooShort',
  between: 'numberOfNoLength',
  tooLong: 'numberOfNoLength',
  allEqual: 'numberAllEqual',
  birthDate: 'nikBirthDateImpossible',
} as const;
const sayWhatIsWrong = sayOneOf(
  Object.values(whatIsWrong),
  (context) => whatIsWrong[(check(context) as NumberFault).wrong],
  ({ typed }) => ({ typed: typed.length, missing: digitsOf.card - typed.length }),
);

/** How a number is read back: in these groups, with pauses. */
const groups = { card: [4, 4, 5], nik: [6, 6, 4] } as const;

export const identify = callflow.createMachine({
  id: 'identify',
  description:
    'Learns who is calling: one question for card number or NIK, read back, confirmed and looked up. Once for each card.',
  ...everyFlow,
  initial: 'arriving',
  states: {
    arriving: {
      always: [
        { description: 'failed too often', guard: ({ context }) => context.session.searchStopped, target: 'stopped' },
        { target: 'number' },
      ],
    },
    number: askNumber({
      question: 'number',
      ask: [say('askNumber')],
      digits: 16,
      typed: '#identify.checking',
      back: '#atMainMenu',
    }),
    checking: {
      always: [
        { description: 'nobody has such a number', guard: isNobodysNumber, ...mistyped('number', sayWhatIsWrong) },
        { target: 'confirming' },
      ],
    },
    confirming: menu({
      question: 'confirming',
      ask: [
        sayEither(
          (context) => number(context).kind === 'card',
          'readBackCard',
          'readBackNik',
          (context) => ({ number: { digits: context.typed, groups: groups[number(context).kind] } }),
        ),
        sayWhen((context) => doubt(context) === 'province', 'nikProvinceUnknown'),
        sayWhen((context) => doubt(context) === 'serial', 'nikSerialUnusual'),
        say('confirm'),
      ],
      choices: { 1: '#identify.finding', 2: '#identify.correcting' },
      back: '#identify.correcting',
    }),
    correcting: { always: mistyped('number', say('allRight')) },
    finding: {
      invoke: {
        id: 'findMember',
        src: 'findMember',
        input: ({ context }) => ({ number: number(context) }),
        onDone: [
          {
            description: 'found',
            guard: ({ event }) => event.output.identified !== null,
            actions: { type: 'remember', params: ({ event }) => ({ identified: event.output.identified }) },
            target: 'found',
          },
          {
            description: 'failed too often',
            guard: ({ event }) => event.output.tooManyTries,
            actions: remember({ searchStopped: true }),
            target: 'stopped',
          },
          { description: 'not found', ...mistyped('number', say('notMatching')) },
        ],
        onError: { actions: say('membersUnreachable'), target: 'withOfficer' },
      },
    },
    found: goToWanted,
    stopped: { always: { actions: say('tooManyTries'), target: 'withOfficer' } },
    atMainMenu,
    withOfficer,
    goodbye,
  },
});
