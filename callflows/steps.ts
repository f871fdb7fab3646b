import { type FlowContext, goTo, remember, type SayAction, say, sayWrongKey } from '../src/call/flow.ts';
import type { CallerEvent, Listen, PromptKey } from '../src/call/turn.ts';
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

/** The ends that flows share; each stands among the states of the flows that need it. */
export const withOfficer = { id: 'withOfficer', ...goTo('officer') } as const;
export const atMainMenu = { id: 'atMainMenu', ...goTo('mainMenu') } as const;
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
        actions: say('officerForThisNumber'),
        target: 'withOfficer',
      },
      { description: 'without proof', guard: hasNotProved, actions: remember({ wanted: flow }), target: 'proving' },
      { target: then },
    ],
  },
  identifying: goTo('identify'),
  proving: goTo('prove'),
});

/** Asks for one key. */
export function menu({ choices, ...question }: Menu) {
  const chosen = Object.entries(choices).map(([key, target]) => [`key.${key}`, leave(question.question, target)]);
  const listen = { for: 'key', seconds: SECONDS_TO_BEGIN } as const;
  return asking(question, listen, 'noKeyHeard', {
    ...Object.fromEntries(chosen),
    'key.hash': repeat(question.question),
    'key.*': missed(question.question, sayWrongKey),
  });
}

/** Asks for a number of at most so many digits. */
export function askNumber({ digits, typed, skip, ...question }: NumberQuestion) {
  const listen = { for: 'number', digits, firstWithin: SECONDS_TO_BEGIN, nextWithin: SECONDS_BETWEEN_DIGITS } as const;
  return asking(question, listen, 'noDigitsHeard', {
    number: { actions: ['keepTyped'], target: typed },
    'key.hash': skip ? leave(question.question, skip) : missed(question.question, say('noDigitsHeard')),
  });
}

/** An answer that was understood but does not do: says why, counts it, and asks again. */
export const missed = (question: string, ...sorry: (SayAction | ReturnType<typeof remember>)[]) => ({
  actions: [...sorry, countMiss(question, false)],
  target: `#${question}.missed`,
});

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

type Heard = ReturnType<typeof missed> | ReturnType<typeof leave> | { actions: ['keepTyped']; target: string };

/**
 * Every question is asked like this, and hears the same global keys: 0 officer, 8 language, 9 repeat, star back.
 * They stand in one state with the wildcard, since a wildcard of a child would shadow a key of its parent.
 */
function asking(
  { question, ask, back, again, giveUp = '#withOfficer' }: Question,
  listen: Listen,
  nothingHeard: PromptKey,
  answers: { [event in CallerEvent['type']]?: Heard },
) {
  const askedTooOften = { type: 'missedOften', params: { question, times: ASKED_AT_MOST } } as const;
  const repeatedTooOften = {
    type: 'missedOften',
    params: { question: repeats(question), times: HEARD_AT_MOST },
  } as const;
  const nobodyThere = { type: 'nobodyThere', params: { question, times: ASKED_AT_MOST } } as const;
  const officerHelps = { actions: say('officerHelps'), target: giveUp };
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
          silence: { actions: [say(nothingHeard), countMiss(question, true)], target: `#${question}.missed` },
        },
      },
      missed: {
        always: [
          { guard: nobodyThere, target: '#goodbye' },
          { guard: askedTooOften, ...officerHelps },
          { target: 'asking' },
        ],
      },
      repeating: { always: [{ guard: repeatedTooOften, ...officerHelps }, { target: again ?? 'asking' }] },
    },
  };
}
