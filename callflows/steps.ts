import { type FlowContext, goTo, remember, type SayAction, say, sayWrongKey } from '../src/call/flow.ts';
import type { CallerEvent, Listen } from '../src/call/turn.ts';
import type { Standing } from '../src/membership/enquiries.ts';

/** A question of a flow. */
type Question = {
  /** The name of the state that asks; misses are counted by it. */
  question: string;
  /** What is spoken each time it is asked. */
  ask: readonly SayAction[];
  /** Where star leads; without it, star repeats. */
  back?: string;
  /** Where "repeat" leads, when more than the question must be heard again. */
  again?: string;
  /** Where a caller is led whom we do not understand; without it, to an officer. */
  giveUp?: string;
};
type Menu = Question & { choices: { [key in 1 | 2 | 3 | 4]?: string } };
type NumberQuestion = Question & {
  digits: number;
  /** Where a typed number is looked at. */
  typed: string;
  /** Where `#` alone leads; without it, that is a number without digits. */
  skip?: string;
};

/** A question is asked at most so often in a row; then an officer takes over. */
export const ASKED_AT_MOST = 3;

/** On request, for a bad line or a slow pencil, it is heard so often; then too an officer is of more help. */
const HEARD_AT_MOST = 5;

/** A caller has so long to choose, or to begin a number, once we are silent; and so long between two digits. */
const SECONDS_TO_BEGIN = 8;
const SECONDS_BETWEEN_DIGITS = 5;

/** Whom the call is about is asked anew. */
export const forgetCard = remember({ identified: null, member: null, bill: null, proofSkipped: false });

/** The ends that flows share; each stands among the states of the flows that need it. */
export const withOfficer = { id: 'withOfficer', ...goTo('officer') } as const;
export const atMainMenu = { id: 'atMainMenu', ...goTo('mainMenu') } as const;
export const otherCard = { id: 'otherCard', ...goTo('membershipStatus'), entry: forgetCard } as const;
export const goodbye = { id: 'goodbye', type: 'final', entry: say('goodbye'), output: { hangUp: true } } as const;

type InContext = { context: FlowContext };
const isKnown =
  (...as: (Standing | undefined)[]) =>
  ({ context }: InContext) =>
    as.includes(context.session.identified?.standing);
const hasNotProved = ({ context }: InContext) => context.session.member === null;

/** Before a flow tells facts, the caller is known and has proved it. Some numbers are an officer's matter. */
export const provedCallerFirst = (flow: string, then: string) => ({
  arriving: {
    always: [
      {
        description: 'we do not know who calls',
        guard: isKnown(undefined),
        actions: remember({ wanted: flow }),
        target: 'identifying',
      },
      {
        description: 'only an officer can say',
        guard: isKnown('unclear', 'officerOnly'),
        actions: [say('officerForThisNumber'), forgetCard],
        target: 'withOfficer',
      },
      { description: 'without proof', guard: hasNotProved, actions: remember({ wanted: flow }), target: 'proving' },
      { target: then },
    ],
  },
  identifying: goTo('identify'),
  proving: goTo('prove'),
});

const listenForKey = { for: 'key', seconds: SECONDS_TO_BEGIN } as const;

const answersTo = ({ question, choices }: Menu): Answers => ({
  ...Object.fromEntries(Object.entries(choices).map(([key, target]) => [`key.${key}`, leave(question, target)])),
  'key.hash': repeat(question),
  'key.*': miss(question, 'missed', false, sayWrongKey),
});

/** Asks for one key. */
export const menu = (asked: Menu) =>
  asking(asked, listenForKey, answersTo(asked), miss(asked.question, 'missed', true, say('noKeyHeard')), {
    missed: { always: [goodbyeToNobody(asked), officerAfter(asked), { target: 'asking' }] },
  });

/**
 * Tells something, and asks whether the caller wants more. Whoever is silent may be writing it down, and hears all of it
 * again; at last good-bye.
 */
export const told = (asked: Menu) =>
  asking(asked, listenForKey, answersTo(asked), miss(asked.question, 'silent', true), {
    missed: { always: [officerAfter(asked), { target: 'asking' }] },
    silent: {
      always: [
        { guard: { type: 'silentOften', params: often(asked) } as const, target: '#goodbye' },
        officerAfter(asked),
        { actions: say('hereAgain'), target: asked.again ?? 'asking' },
      ],
    },
  });

/** Asks for a number of at most so many digits. */
export function askNumber({ digits, typed, skip, ...asked }: NumberQuestion) {
  const { question } = asked;
  const listen = { for: 'number', digits, firstWithin: SECONDS_TO_BEGIN, nextWithin: SECONDS_BETWEEN_DIGITS } as const;
  const answers: Answers = {
    number: { actions: ['keepTyped'], target: typed },
    'key.hash': skip ? leave(question, skip) : miss(question, 'missed', false, say('noDigitsHeard')),
  };
  return asking(asked, listen, answers, miss(question, 'missed', true, say('noDigitsHeard')), {
    missed: { always: [goodbyeToNobody(asked), officerAfter(asked), { target: 'asking' }] },
    // Who is told what was wrong might add the digits that were missing.
    mistyped: { always: [officerAfter(asked), { actions: say('typeAgain'), target: 'asking' }] },
  });
}

type Sorry = SayAction | ReturnType<typeof remember>;

/** What does not do, or nothing at all: says why and counts it; `then` is what becomes of it. */
const miss = (question: string, then: 'missed' | 'mistyped' | 'silent', silent: boolean, ...sorry: Sorry[]) => ({
  actions: [...sorry, countMiss(question, silent)],
  target: `#${question}.${then}`,
});

/** A number was typed that does not do: says why, and asks for all of it again. */
export const mistyped = (question: string, ...sorry: Sorry[]) => miss(question, 'mistyped', false, ...sorry);

const often = ({ question }: Question) => ({ question, times: ASKED_AT_MOST });

/** Who has missed a question too often gets an officer. */
const officerAfter = (asked: Question) => ({
  guard: { type: 'missedOften', params: often(asked) } as const,
  ...officerHelps(asked.giveUp),
});

/** Where no officer has answered and nobody says a word any more, the call ends. */
const goodbyeToNobody = (asked: Question) => ({
  guard: { type: 'nobodyThere', params: often(asked) } as const,
  target: '#goodbye',
});

const officerHelps = (target = '#withOfficer') => ({ actions: say('officerHelps'), target });

/** A question answered: what was missed before no longer counts. */
const leave = (question: string, target: string) => ({
  actions: [forgetMisses(question), forgetMisses(repeats(question))],
  target,
});

/** Who asks to hear it again has missed nothing: repeats are counted apart. */
const repeat = (question: string) => ({
  actions: [countMiss(repeats(question), false)],
  target: `#${question}.repeating`,
});

const repeats = (question: string) => `${question}, repeated`;

const forgetMisses = (question: string) => ({ type: 'forgetMisses', params: { question } }) as const;

const countMiss = (question: string, silent: boolean) => ({ type: 'countMiss', params: { question, silent } }) as const;

type Heard = ReturnType<typeof miss> | ReturnType<typeof leave> | { actions: ['keepTyped']; target: string };
type Answers = { [event in CallerEvent['type'] | 'key.*']?: Heard };

/**
 * Every question is asked like this, and hears the same global keys: 0 officer, 8 language, 9 repeat, star back.
 * They stand in one state with the wildcard, since a wildcard of a child would shadow a key of its parent.
 */
function asking<States extends object>(
  { question, ask, back, again, giveUp }: Question,
  listen: Listen,
  answers: Answers,
  silence: ReturnType<typeof miss>,
  missed: States,
) {
  const repeatedTooOften = {
    type: 'missedOften',
    params: { question: repeats(question), times: HEARD_AT_MOST },
  } as const;
  return {
    id: question,
    initial: 'asking',
    states: {
      asking: {
        entry: ask,
        meta: { listen },
        on: {
          ...answers,
          'key.0': leave(question, '#withOfficer'),
          'key.8': { ...repeat(question), actions: ['changeLanguage' as const, countMiss(repeats(question), false)] },
          'key.9': repeat(question),
          'key.star': back ? leave(question, back) : repeat(question),
          silence,
        },
      },
      repeating: { always: [{ guard: repeatedTooOften, ...officerHelps(giveUp) }, { target: again ?? 'asking' }] },
      ...missed,
    },
  };
}
