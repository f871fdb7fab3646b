import { isFresh } from '../../callflows/gist.ts';
import type { PromptKey } from '../call/turn.ts';
import { virtualClock } from '../simulator/clock.ts';
import type { Exchange } from '../simulator/courier/courier.ts';
import { invented } from '../simulator/invented.ts';
import type { Underway } from '../simulator/line.ts';
import { dial, type Phone } from '../simulator/phone.ts';
import { perform } from '../simulator/recorded/playRecordedCall.ts';
import type { LineEvent } from '../simulator/telephone.ts';
import type { Moment, Outcome, Step } from './moment.ts';
import { noonOf, type Stage } from './stage.ts';
import type { Health } from './troubledMembers.ts';

/** Somebody who takes turns of calls on a stage, each in a copy of the call that is made for this turn alone. */
export type Walker = {
  /** Dials, and waits until it is the caller's turn. */
  dial(): Promise<Outcome>;
  /** Goes on from a moment, again and again: the line takes the call up there, and the caller does one thing. */
  take(moment: Moment, steps: readonly Step[]): Promise<Outcome[]>;
  /** Makes a whole call; answers what happened on the line. */
  play(steps: readonly Step[]): Promise<readonly LineEvent[]>;
  /** What everything is invented from that nobody chose in a call. */
  seed: string;
};

/** A call in somebody's hand, and from where on among what happened it counts. */
type Taken = { callId: string; phone: Phone; exchanges: readonly Exchange[]; startMs: number; from: number };

/** What the line makes of what a caller does at a question of one kind: the fields that it sends, and how long it takes. */
type Gesture = { form: Record<string, string>; ms: number };

/** How a walker walks. */
export type Manner = {
  today: string;
  /**
   * So many acts at a moment are done by hand, however well their kind is known, and what was answered before is checked
   * by it: with the first one the turn before is taken anew, with the second its request comes twice. One
   * less is done where the question is not asked for the first time.
   */
  byHand: number;
};

/** What a walker works with: `notes` is where the flows on the stage write down what they go through. */
type Tools = {
  stage: Stage;
  today: string;
  notes: Set<string>;
  gestures: Map<string, Gesture>;
  newCallId: () => string;
};

/** The same at every walk. */
const SEED = 'walker';

/** `notes` is where the flows on the stage write down what they go through. */
export function walker(stage: Stage, { today, byHand: handsOn }: Manner, notes: Set<string>): Walker {
  const { sid } = invented(SEED);
  const tools: Tools = { stage, today, notes, gestures: new Map(), newCallId: () => sid('CA') };
  return {
    seed: SEED,
    play: (steps) => wholeCall(tools, steps),
    async dial() {
      notes.clear();
      const call = await lift(tools, null);
      return outcomeOf(tools, call, true, momentAfter(tools, call, null, null), null);
    },
    async take(moment, steps) {
      const outcomes: Outcome[] = [];
      const hands = isFresh(moment.stored.state) ? handsOn : handsOn - 1;
      for (const [nth, step] of steps.entries()) {
        const isKnown = nth >= hands && step.act.does !== 'hangs up';
        const gesture = isKnown ? tools.gestures.get(kindOf(moment, step)) : undefined;
        outcomes.push(await (gesture ? byGesture(tools, moment, step, gesture) : byHand(tools, moment, step, nth)));
      }
      return outcomes;
    },
  };
}

/** Takes the receiver off: for a new call, or for one that is under way on this or another stage. */
async function lift({ stage: { url, authToken, statusUrl }, today }: Tools, underway: Underway | null): Promise<Taken> {
  const exchanges: Exchange[] = [];
  const here = underway && { ...underway, url: new URL(new URL(underway.url, url).pathname, url).href };
  const phone = await dial(url, {
    authToken,
    statusUrl,
    seed: SEED,
    clock: virtualClock(noonOf(today)),
    onExchange: (exchange) => exchanges.push(exchange),
    ...(here && { underway: here }),
  });
  await phone.waitUntilSilence();
  return { callId: exchanges[0]!.form.CallSid!, phone, exchanges, startMs: underway?.lastedMs ?? 0, from: 0 };
}

async function wholeCall(tools: Tools, steps: readonly Step[]): Promise<readonly LineEvent[]> {
  const { phone, callId } = await lift(tools, null);
  for (const { act, members } of steps) {
    if (phone.isOver) break;
    tools.stage.setHealth(callId, members);
    await perform(phone, act);
  }
  await phone.waitUntilSilence();
  if (!phone.isOver) await phone.hangUp();
  tools.stage.forget(callId);
  return phone.telephone.events;
}

/** Takes the call up where it waits, hears what was said there once more, and does it at the telephone. */
async function byHand(tools: Tools, moment: Moment, step: Step, nth: number): Promise<Outcome> {
  const { stage, notes, newCallId } = tools;
  const callId = newCallId();
  const anew = nth % 2 === 0;
  const planted = anew ? moment.before : moment.stored;
  stage.setHealth(callId, anew ? secondTime[moment.steps.at(-1)?.members ?? 'well'] : 'well');
  if (planted) stage.memory.plant(callId, planted);
  const { order } = moment;
  const call = await lift(tools, { ...order, form: { ...order.form, CallSid: callId }, lastedMs: moment.askedMs });
  const sameAgain = answerIn(call.exchanges[0]!) === moment.answer;
  const from = call.phone.telephone.events.length;
  notes.clear();
  stage.setHealth(callId, step.members);
  await perform(call.phone, step.act);
  await call.phone.waitUntilSilence();
  learn(tools, call, moment, step);
  return outcomeOf(tools, { ...call, from }, sameAgain, momentAfter(tools, call, moment, step), moment);
}

/** How the members are when a turn is taken anew: whoever has waited for them once is told at once. */
const secondTime: Record<Health, Health> = { well: 'well', slow: 'well', silent: 'down', down: 'down' };

/** Takes the call up with the request that the line made when the same was done at a question of the same kind. */
async function byGesture(tools: Tools, moment: Moment, step: Step, { form, ms }: Gesture): Promise<Outcome> {
  const { stage, notes, newCallId } = tools;
  const callId = newCallId();
  stage.memory.plant(callId, moment.stored);
  stage.setHealth(callId, step.members);
  notes.clear();
  const standard = Object.entries(moment.order.form).filter(([name]) => !ownFields.test(name));
  const call = await lift(tools, {
    url: `/voice/turns/${moment.stored.turn + 1}`,
    method: moment.order.method,
    form: { ...Object.fromEntries(standard), CallSid: callId, CallStatus: 'in-progress', ...form },
    lastedMs: moment.waitsMs + ms,
  });
  return outcomeOf(tools, call, true, momentAfter(tools, call, moment, step), moment);
}

/** What came of a turn; the copy of the call that was made for it is forgotten. */
function outcomeOf(
  { stage, notes }: Tools,
  { callId, phone, from }: Taken,
  sameAgain: boolean,
  after: Moment | null,
  before: Moment | null,
): Outcome {
  const events = phone.telephone.events.slice(from);
  const troubles = stage.troublesOf(callId);
  stage.forget(callId);
  return {
    heard: events.flatMap((e) => (e.type === 'says' ? [{ text: e.text, language: e.language, ms: e.ms }] : [])),
    waits: waitsBetween(before, after),
    warnings: events.flatMap((e) => (e.type === 'warning' ? [`${e.code} ${e.message}`] : [])),
    troubles,
    taken: [...notes],
    sameAgain,
    over: phone.isOver,
    after,
  };
}

/** Whoever is asked to wait goes through several turns by one act; all of them but the last only ask to wait. */
const waitsBetween = (before: Moment | null, after: Moment | null): PromptKey[] =>
  stepsOf(after)
    .slice(stepsOf(before).length, -1)
    .flatMap(({ said }) => said);

const stepsOf = (moment: Moment | null) => moment?.stored.state.steps ?? [];

function momentAfter(
  { stage }: Tools,
  { callId, exchanges, phone, startMs }: Taken,
  moment: Moment | null,
  step: Step | null,
): Moment | null {
  const stored = stage.memory.last(callId);
  const before = stage.memory.beforeLast(callId);
  const asked = exchanges.findLast((exchange) => exchange.url !== stage.statusUrl);
  if (!stored || !asked) return null;
  return {
    stored,
    before: before && { ...before, failures: moment?.stored.failures ?? [] },
    order: { url: asked.url, method: asked.method, form: asked.form },
    answer: answerIn(asked),
    askedMs: askedAt(phone, asked.url),
    waitsMs: startMs + phone.duration,
    steps: moment && step ? [...moment.steps, step] : [],
  };
}

/** Keeps what the line made of an act, where that was one request. */
function learn({ stage, gestures }: Tools, { phone, exchanges }: Taken, moment: Moment, step: Step): void {
  const [, asked, more] = exchanges;
  if (!asked || asked.url === stage.statusUrl || (more && more.url !== stage.statusUrl)) return;
  const form = Object.fromEntries(Object.entries(asked.form).filter(([name]) => ownFields.test(name)));
  gestures.set(kindOf(moment, step), { form, ms: askedAt(phone, asked.url) - moment.waitsMs });
}

/** The fields that tell what a caller did, beside those that every request has. */
const ownFields = /^(Digits|FinishedOnKey|msg|Dial\w*)$/;

const kindOf = ({ stored: { state } }: Moment, { act }: Step) => JSON.stringify([state.rest, state.typed, act]);

const askedAt = ({ telephone: { events } }: Phone, url: string): number =>
  events.findLast((event) => event.type === 'requests' && event.url === url)?.at ?? 0;

const answerIn = ({ reply }: Exchange): string => ('fault' in reply ? reply.why : reply.body.toString('utf8'));
