import { isFresh } from '../../callflows/gist.ts';
import { virtualClock } from '../simulator/clock.ts';
import type { Exchange, Order } from '../simulator/courier.ts';
import { invented } from '../simulator/invented.ts';
import type { Underway } from '../simulator/line.ts';
import { dial, type Phone } from '../simulator/phone.ts';
import { perform } from '../simulator/playRecordedCall.ts';
import type { LineEvent } from '../simulator/telephone.ts';
import type { Moment, Outcome, Step } from './moment.ts';
import { noonOf, type Stage } from './stage.ts';

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

/** A call in somebody's hand, from `from` among what happened; `asked` is when its latest request was made. */
type Taken = { callId: string; phone: Phone; exchanges: readonly Exchange[]; startMs: number; from: number };

/** What the line makes of what a caller does at a question of one kind: the fields that it sends, and how long it takes. */
type Gesture = { form: Record<string, string>; ms: number };

/** How a walker walks. */
export type Manner = {
  today: string;
  /**
   * So many acts at a moment are done by hand, however well their kind is known, and what was answered before is checked
   * by it: with the first one the turn before is taken anew, with the second its request comes twice. One is done only
   * where the question is asked for the first time.
   */
  byHand: number;
};

/** `notes` is where the flows on the stage write down what they go through. */
export function walker(stage: Stage, { today, byHand: handsOn }: Manner, notes: Set<string>): Walker {
  const { sid } = invented(SEED);
  const { url, authToken, statusUrl } = stage;
  const gestures = new Map<string, Gesture>();

  /** A moment names no server: it may have been found at another. */
  const hereOf = (underway: Underway): Underway => {
    const { pathname } = new URL(underway.url, url);
    return { ...underway, url: new URL(pathname, url).href };
  };

  async function lift(underway: Underway | null): Promise<Taken> {
    const exchanges: Exchange[] = [];
    const phone = await dial(url, {
      authToken,
      statusUrl,
      seed: SEED,
      clock: virtualClock(noonOf(today)),
      onExchange: (exchange) => exchanges.push(exchange),
      ...(underway && { underway: hereOf(underway) }),
    });
    await phone.waitUntilSilence();
    const callId = exchanges[0]!.form.CallSid!;
    return { callId, phone, exchanges, startMs: underway?.lastedMs ?? 0, from: 0 };
  }

  /** Takes the call up where it waits, hears what was said there once more, and does it at the telephone. */
  async function byHand(moment: Moment, step: Step, nth: number): Promise<Outcome> {
    const callId = sid('CA');
    const anew = nth % 2 === 0;
    const planted = anew ? moment.before : moment.stored;
    stage.setHealth(callId, anew ? (moment.steps.at(-1)?.members ?? 'well') : 'well');
    if (planted) stage.memory.plant(callId, planted);
    const { order } = moment;
    const form = { ...order.form, CallSid: callId };
    const call = await lift({ ...order, form, lastedMs: moment.askedMs });
    const sameAgain = answerIn(call.exchanges[0]!) === moment.answer;
    notes.clear();
    stage.setHealth(callId, step.members);
    const from = call.phone.telephone.events.length;
    await perform(call.phone, step.act);
    await call.phone.waitUntilSilence();
    return outcome({ ...call, from }, moment, step, sameAgain);
  }

  /** Takes the call up with the request that the line made when the same was done at a question of the same kind. */
  async function byGesture(moment: Moment, step: Step, { form, ms }: Gesture): Promise<Outcome> {
    const callId = sid('CA');
    stage.memory.plant(callId, moment.stored);
    stage.setHealth(callId, step.members);
    notes.clear();
    const order: Order = { ...moment.order, url: `/voice/turns/${moment.stored.turn + 1}` };
    const standard = Object.entries(moment.order.form).filter(([name]) => !ownFields.test(name));
    const own = { ...Object.fromEntries(standard), CallSid: callId, CallStatus: 'in-progress', ...form };
    const call = await lift({ ...order, form: own, lastedMs: moment.waitsMs + ms });
    return outcome(call, moment, step, true);
  }

  function outcome(taken: Taken, moment: Moment | null, step: Step | null, sameAgain: boolean): Outcome {
    const { callId, phone, from } = taken;
    const events = phone.telephone.events.slice(from);
    const result = {
      heard: events.flatMap((e) => (e.type === 'says' ? [{ text: e.text, language: e.language, ms: e.ms }] : [])),
      warnings: events.flatMap((e) => (e.type === 'warning' ? [`${e.code} ${e.message}`] : [])),
      troubles: stage.troublesOf(callId),
      taken: [...notes],
      sameAgain,
      over: phone.isOver,
      after: momentAfter(taken, moment, step),
    };
    if (moment && step && from > 0) learn(moment, step, taken);
    stage.forget(callId);
    return result;
  }

  function momentAfter({ callId, exchanges, phone, startMs }: Taken, moment: Moment | null, step: Step | null) {
    const stored = stage.memory.last(callId);
    const asked = exchanges.findLast((exchange) => exchange.url !== statusUrl);
    if (!stored || !asked) return null;
    const { url: askedUrl, method, form } = asked;
    return {
      stored,
      before: moment?.stored ?? null,
      order: { url: askedUrl, method, form },
      answer: answerIn(asked),
      askedMs: askedAt(phone, asked.url),
      waitsMs: startMs + phone.duration,
      steps: moment && step ? [...moment.steps, step] : [],
    };
  }

  function learn(moment: Moment, step: Step, { phone, exchanges }: Taken): void {
    const [, asked, more] = exchanges;
    if (!asked || asked.url === statusUrl || (more && more.url !== statusUrl)) return;
    const form = Object.fromEntries(Object.entries(asked.form).filter(([name]) => ownFields.test(name)));
    gestures.set(kindOf(moment, step), { form, ms: askedAt(phone, asked.url) - moment.waitsMs });
  }

  return {
    seed: SEED,
    async play(steps) {
      const { phone, callId } = await lift(null);
      for (const { act, members } of steps) {
        if (phone.isOver) break;
        stage.setHealth(callId, members);
        await perform(phone, act);
      }
      await phone.waitUntilSilence();
      if (!phone.isOver) await phone.hangUp();
      stage.forget(callId);
      return phone.telephone.events;
    },
    async dial() {
      notes.clear();
      return outcome(await lift(null), null, null, true);
    },
    async take(moment, steps) {
      const outcomes: Outcome[] = [];
      const hands = handsOn > 1 || isFresh(moment.stored.state) ? handsOn : 0;
      for (const [nth, step] of steps.entries()) {
        const gesture = nth < hands || step.act.does === 'hangs up' ? undefined : gestures.get(kindOf(moment, step));
        outcomes.push(await (gesture ? byGesture(moment, step, gesture) : byHand(moment, step, nth)));
      }
      return outcomes;
    },
  };
}

/** The same at every walk. */
const SEED = 'walker';

/** The fields that tell what a caller did, beside those that every request has. */
const ownFields = /^(Digits|FinishedOnKey|msg|Dial\w*)$/;

const kindOf = ({ stored: { state } }: Moment, { act }: Step) => JSON.stringify([state.rest, state.typed, act]);

const askedAt = ({ telephone: { events } }: Phone, url: string): number =>
  events.findLast((event) => event.type === 'requests' && event.url === url)?.at ?? 0;

const answerIn = ({ reply }: Exchange): string => ('fault' in reply ? reply.why : reply.body.toString('utf8'));
