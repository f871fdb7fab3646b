import { assign, fromPromise, setup } from 'xstate';
import { prompts } from '../../prompts/prompts.ts';
import type { Enquiries, FindAnswer, ProofAnswer } from '../membership/enquiries.ts';
import type { Bill } from '../membership/membership.ts';
import { newSession, type Session } from './session.ts';
import type { CallerEvent, Language, PromptKey, Rest, Utterance, Value } from './turn.ts';

/** How a flow ends: with the call, or by going on in another flow. */
export type Ending = { hangUp: true } | { goTo: string };

/** What a flow remembers while the caller is in it: the call's session, what was typed, and who was not understood where. */
export type FlowContext = {
  session: Session;
  /** The digits last typed in answer to a number question. */
  typed: string;
  /** By question: how many times it was asked and not answered, and whether that was silence each time. */
  misses: Readonly<Record<string, { times: number; allSilent: boolean }>>;
};

type InContext = { context: FlowContext };

const noMisses = { times: 0, allSilent: true };
const missesOf = ({ context }: InContext, question: string) => context.misses[question] ?? noMisses;

/** A question, and how many times of missing it are often. */
type Often = { question: string; times: number };

function isSilentOften(args: InContext, { question, times }: Often): boolean {
  const misses = missesOf(args, question);
  return misses.times >= times && misses.allSilent;
}

/** Who answers a service is decided where the hotline is put together; flows only name the question. */
const service = <Answer, Question>() =>
  fromPromise<Answer, Question>(() => Promise.reject(new Error('a flow was run without its services')));

/** The vocabulary every call flow is written in: what it hears, says, remembers, asks for, and ends with. */
export const callflow = setup({
  types: {
    context: {} as FlowContext,
    input: {} as Session,
    events: {} as CallerEvent,
    meta: {} as Rest,
    output: {} as Ending,
  },
  actions: {
    say: (_, _utterance: Utterance | null) => {}, // never runs: takeTurn reads it as data
    keepTyped: assign(({ event }) => (event.type === 'number' ? { typed: event.digits } : {})),
    countMiss: assign((args, { question, silent }: { question: string; silent: boolean }) => {
      const { times, allSilent } = missesOf(args, question);
      return { misses: { ...args.context.misses, [question]: { times: times + 1, allSilent: allSilent && silent } } };
    }),
    forgetMisses: assign(({ context }, { question }: { question: string }) => ({
      misses: { ...context.misses, [question]: noMisses },
    })),
    changeLanguage: assign(({ context: { session } }) => ({
      session: { ...session, language: otherLanguage(session.language) },
    })),
    remember: assign(({ context }, learned: Partial<Session>) => ({ session: { ...context.session, ...learned } })),
  },
  guards: {
    missedOften: (args: InContext, { question, times }: Often) => missesOf(args, question).times >= times,
    silentOften: isSilentOften,
    nobodyThere: (args: InContext, often: Often) =>
      isSilentOften(args, often) && args.context.session.officersMissed > 0,
    answered: ({ event }) => event.type === 'transferEnded' && event.answered,
  },
  actors: {
    findMember: service<FindAnswer, Parameters<Enquiries['findMember']>[0]>(),
    proveMember: service<ProofAnswer, Parameters<Enquiries['proveMember']>[0]>(),
    findBill: service<Bill | null, Parameters<Enquiries['findBill']>[0]>(),
  },
});

/**
 * What holds for every flow: it begins with what the call knows, and ends the way its last state says. A transition that
 * never comes to rest is a fault and not a hang.
 */
export const everyFlow = {
  options: { maxIterations: 100 },
  context: ({ input }: { input: Session | undefined }): FlowContext => ({
    session: input ?? newSession(),
    typed: '',
    misses: {},
  }),
  output: ({ event }: { event: { output: unknown } }) => event.output as Ending,
};

/** Says a line of the catalogue; its blanks are filled from what the flow knows at that moment. */
export const say = (prompt: PromptKey, fill?: Fill) => sayOneOf([prompt], () => prompt, fill);

/** Says a line only to a caller whom it concerns. */
export const sayWhen = (concerns: (context: FlowContext) => boolean, prompt: PromptKey, fill?: Fill) =>
  sayOneOf([prompt], (context) => (concerns(context) ? prompt : null), fill);

/** Says the one line or the other. */
export const sayEither = (isSo: (context: FlowContext) => boolean, prompt: PromptKey, other: PromptKey, fill?: Fill) =>
  sayOneOf([prompt, other], (context) => (isSo(context) ? prompt : other), fill);

/** Says the one of these lines that fits the caller, or none. */
export const sayOneOf = <Line extends PromptKey>(
  lines: readonly Line[],
  choose: (context: FlowContext) => NoInfer<Line> | null,
  fill?: Fill,
) =>
  speech(lines, ({ context }) => {
    const prompt = choose(context);
    return prompt && { prompt, ...(fill && { values: fill(context) }) };
  });

/** Says a line in the language that key 8 leads to. */
export const sayInOtherLanguage = (prompt: PromptKey) => ({
  ...speech([prompt], ({ context }) => ({ prompt, language: otherLanguage(context.session.language) })),
  inOtherLanguage: true,
});

/** Says that the pressed key is none of this menu's. */
export const sayWrongKey = speech(['wrongKey'], ({ event }) => ({
  prompt: 'wrongKey',
  values: { key: { key: event.type.replace('key.', '') } },
}));

type Fill = (context: FlowContext) => Record<string, Value>;
/** What may be said at one point: one of these lines, or none. */
export type Speech = { lines: readonly PromptKey[]; inOtherLanguage?: boolean };
export type SayAction = Speech & {
  type: 'say';
  params: (moment: InContext & { event: { type: string } }) => Utterance | null;
};
function speech(lines: SayAction['lines'], params: SayAction['params']): SayAction {
  return { type: 'say', lines, params };
}

/** Key 8 leads from each language to the next. */
export function otherLanguage(language: Language): Language {
  const all = Object.keys(prompts) as Language[];
  return all[(all.indexOf(language) + 1) % all.length]!;
}

/** Writes something down for the rest of the call. */
export const remember = (learned: Partial<Session> | ((session: Session) => Partial<Session>)) =>
  ({
    type: 'remember',
    params: ({ context }: InContext) => (typeof learned === 'function' ? learned(context.session) : learned),
  }) as const;

/** Goes on in another flow. */
export const goTo = (flow: string) => ({ type: 'final', output: { goTo: flow } }) as const;

/** Goes on in the flow that the caller asked for before. */
export const goToWanted = {
  type: 'final',
  output: ({ context }: InContext): Ending => ({ goTo: context.session.wanted }),
} as const;
