import { callflow, everyFlow, goToWanted, remember, say, sayEither } from '../src/call/flow.ts';
import type { Session } from '../src/call/session.ts';
import { askNumber, atMainMenu, goodbye, menu, mistyped, otherCard, withOfficer } from './steps.ts';

/** A proof may be tried so often in a call. */
const TRIES = 3;
const triedOften = ({ wrongProofs }: Pick<Session, 'wrongProofs'>) => wrongProofs >= TRIES;
const oneMoreWrong = ({ wrongProofs }: Session) => ({ wrongProofs: wrongProofs + 1 });

export const prove = callflow.createMachine({
  id: 'prove',
  description:
    'Facts are for the member alone: whoever typed one number proves it with the last four digits of the other.',
  ...everyFlow,
  initial: 'arriving',
  states: {
    arriving: {
      always: [
        {
          description: 'failed too often',
          guard: ({ context }) => context.session.searchStopped,
          actions: say('officerHelps'),
          target: 'withOfficer',
        },
        {
          description: 'no proof is possible',
          guard: ({ context: { session } }) => triedOften(session) || !session.identified?.canProve,
          target: 'factsFromOfficer',
        },
        {
          description: 'skipped before',
          guard: ({ context }) => context.session.proofSkipped,
          target: 'skipped',
        },
        { target: 'lastFour' },
      ],
    },
    lastFour: askNumber({
      question: 'lastFour',
      ask: [
        sayEither(({ session }) => session.identified?.number.kind === 'card', 'askLastFourOfNik', 'askLastFourOfCard'),
      ],
      digits: 4,
      typed: '#prove.checking',
      skip: '#prove.skipping',
      back: '#atMainMenu',
      giveUp: '#prove.givingUp',
    }),
    checking: {
      always: [
        {
          description: 'too short',
          guard: ({ context }) => context.typed.length < 4,
          ...mistyped(
            'lastFour',
            say('fewerThanFour', ({ typed }) => ({ missing: 4 - typed.length })),
          ),
        },
        { target: 'proving' },
      ],
    },
    proving: {
      invoke: {
        id: 'proveMember',
        src: 'proveMember',
        input: ({ context: { session, typed } }) => ({ number: session.identified!.number, lastFour: typed }),
        onDone: [
          {
            description: 'right',
            guard: ({ event }) => event.output.member !== null,
            actions: { type: 'remember', params: ({ event }) => ({ member: event.output.member }) },
            target: 'proved',
          },
          {
            description: 'failed too often',
            guard: ({ event }) => event.output.tooManyTries,
            actions: [say('tooManyTries'), remember({ searchStopped: true })],
            target: 'withOfficer',
          },
          {
            description: 'wrong once too often',
            guard: ({ context }) => triedOften(oneMoreWrong(context.session)),
            actions: [say('notMatching'), remember(oneMoreWrong), say('officerHelps')],
            target: 'withOfficer',
          },
          { description: 'wrong', ...mistyped('lastFour', say('notMatching'), remember(oneMoreWrong)) },
        ],
        onError: { actions: say('membersUnreachable'), target: 'withOfficer' },
      },
    },
    proved: goToWanted,

    givingUp: { always: { actions: remember({ proofSkipped: true }), target: 'withOfficer' } },
    skipping: { always: { actions: remember({ proofSkipped: true }), target: 'skipped' } },
    skipped: menu({
      question: 'skipped',
      ask: [say('withoutProof'), say('proveNow'), say('otherCardSecond'), say('usualKeys')],
      choices: { 1: '#prove.lastFour', 2: '#otherCard' },
      back: '#atMainMenu',
    }),
    factsFromOfficer: menu({
      question: 'factsFromOfficer',
      ask: [say('factsFromOfficer'), say('otherCard'), say('usualKeys')],
      choices: { 1: '#otherCard' },
      back: '#atMainMenu',
    }),
    otherCard,
    atMainMenu,
    withOfficer,
    goodbye,
  },
});
