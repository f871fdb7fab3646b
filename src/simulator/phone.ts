import { awaitsCaller } from './attention.ts';
import { type Clock, virtualClock } from './clock.ts';
import { type DialOptions, placeCall } from './line.ts';
import { type Listener, listener } from './listener.ts';
import type { HangUpTime, OfficerAnswer } from './recorded/act.ts';
import { type Manner, usualManner } from './recorded/manner.ts';
import { transcript } from './recorded/transcript.ts';
import { warningText } from './recorded/warningText.ts';
import type { Key, Telephone } from './telephone.ts';

/** Options of a call that a script makes: those of the line, on a virtual clock unless given, and the caller's manner. */
export type CallOptions = DialOptions & Partial<Manner>;

/**
 * A telephone in the hand of a script. After an act, time stands still until the next one needs it to pass; so a script
 * may interrupt what the line has begun to say, and whoever wants to hear it out says so with `waitUntilSilence` or `hear`.
 */
export type Phone = {
  /** Waits until the line listens in silence, then presses the keys one after the other. */
  press(keys: string): Promise<void>;
  /** Presses the keys so many milliseconds after the line began to speak. */
  interrupt(keys: string, when: { after: number }): Promise<void>;
  /** Says a sentence when the line listens, or so many milliseconds after it began to speak. */
  say(sentence: string, when?: { after: number }): Promise<void>;
  /** Presses the keys so many milliseconds into the talk with somebody else. */
  pressInTalk(keys: string, talkedMs: number): Promise<void>;
  /** Lets the line wait in vain, once. */
  stayQuiet(): Promise<void>;
  /** Hangs up when the line waits, or earlier. */
  hangUp(when?: HangUpTime): Promise<void>;
  /** Decides how the other end takes the call that the line is passing on. */
  officer(how: OfficerAnswer): Promise<void>;
  /** Waits for a sentence, among all that is said since the last act; fails when the line waits or ends without it. */
  hear(sentence: RegExp): Promise<string>;
  /** Hears the line out until it is the caller's turn or the call is over; answers all that was said since the last act. */
  waitUntilSilence(): Promise<string[]>;
  readonly transcript: string[];
  readonly warnings: string[];
  /** How long the call has lasted so far, in milliseconds. */
  readonly duration: number;
  readonly isOver: boolean;
  readonly telephone: Telephone;
};

/** Dials an application and hands the telephone to a script. */
export async function dial(url: string, options: CallOptions): Promise<Phone> {
  const clock = options.clock ?? options.network?.clock ?? virtualClock();
  return inHand(placeCall(url, { ...options, clock }), clock, options);
}

/** Hands a telephone to a script that is in a call already, as one that an application has called. */
export async function inHand(telephone: Telephone, clock: Clock, manner: Partial<Manner> = {}): Promise<Phone> {
  const hand = { telephone, ear: listener(telephone, clock), manner: { ...usualManner, ...manner }, lastAct: 0 };
  await hand.ear.settle();
  return new PhoneInHand(hand);
}

/** A class, since what is looked up anew each time costs nothing on its prototype, and much on every object of its own. */
class PhoneInHand implements Phone {
  readonly #hand: Hand;
  readonly telephone: Telephone;

  constructor(hand: Hand) {
    this.#hand = hand;
    this.telephone = hand.telephone;
  }

  press = (keys: string) => press(this.#hand, keys);
  interrupt = (keys: string, { after }: { after: number }) => interrupt(this.#hand, keys, after);
  say = (sentence: string, when?: { after: number }) => sayAloud(this.#hand, sentence, when?.after ?? null);
  pressInTalk = (keys: string, talkedMs: number) => pressInTalk(this.#hand, keys, talkedMs);
  stayQuiet = () => stayQuiet(this.#hand);
  hangUp = (when?: HangUpTime) => hangUp(this.#hand, when);
  officer = (how: OfficerAnswer) => officer(this.#hand, how);
  hear = (sentence: RegExp) => hear(this.#hand, sentence);
  waitUntilSilence = async () => {
    await this.#hand.ear.turn();
    return said(this.#hand);
  };

  get transcript() {
    return transcript(this.telephone.events, this.#hand.manner);
  }
  get warnings() {
    return this.telephone.events.flatMap((e) => (e.type === 'warning' ? [warningText(e)] : []));
  }
  get duration() {
    return this.#hand.ear.duration();
  }
  get isOver() {
    return this.#hand.ear.attention.doing === 'over';
  }
}

type Hand = { telephone: Telephone; ear: Listener; manner: Manner; lastAct: number };

async function press(hand: Hand, keys: string): Promise<void> {
  await hand.ear.opening();
  if (!isOpen(hand)) fail(hand, `The caller wanted to press ${keys}`);
  await act(hand, () => strike(hand, keys));
}

async function interrupt(hand: Hand, keys: string, after: number): Promise<void> {
  await reach(hand, after, `The caller wanted to press ${keys} ${after / 1_000} s after the line began to speak`);
  await act(hand, () => strike(hand, keys));
}

async function sayAloud(hand: Hand, sentence: string, after: number | null): Promise<void> {
  const wanted = `The caller wanted to say "${sentence}"`;
  if (after !== null) await reach(hand, after, `${wanted} ${after / 1_000} s after the line began to speak`);
  else await hand.ear.opening();
  if (after === null && !isOpen(hand)) fail(hand, wanted);
  await act(hand, () => hand.telephone.speak(sentence));
}

async function pressInTalk(hand: Hand, keys: string, talkedMs: number): Promise<void> {
  await talk(hand, talkedMs, `The caller wanted to press ${keys} ${talkedMs} ms into the talk`);
  await act(hand, () => strike(hand, keys));
}

async function stayQuiet(hand: Hand): Promise<void> {
  const { ear } = hand;
  await ear.opening();
  if (!isOpen(hand) && ear.attention.doing !== 'queued') fail(hand, 'The caller wanted to stay quiet');
  const before = ear.attention;
  await act(hand, () => ear.until(() => ear.attention !== before));
}

async function hangUp(hand: Hand, when: HangUpTime = 'when it waits'): Promise<void> {
  const wanted = 'The caller wanted to hang up';
  if (when === 'when it waits') await hand.ear.opening();
  else if (when !== 'at once' && 'talkedMs' in when)
    await talk(hand, when.talkedMs, `${wanted} ${when.talkedMs} ms into the talk`);
  else if (when !== 'at once' && 'waitedMs' in when)
    await waitInLine(hand, when.waitedMs, `${wanted} ${when.waitedMs} ms into the wait`);
  else if (when !== 'at once')
    await reach(hand, when.afterMs, `${wanted} ${when.afterMs / 1_000} s after the line began to speak`);
  await act(hand, () => hand.telephone.hangUp());
}

async function officer(hand: Hand, how: OfficerAnswer): Promise<void> {
  const { ear, telephone, manner } = hand;
  await ear.turn();
  if (ear.attention.doing !== 'dialling') fail(hand, `An officer was called, who ${how}`);
  await act(hand, () => {
    if (how === 'answers') telephone.otherEnd({ answers: true, talksForMs: manner.officerTalksForMs });
    else telephone.otherEnd({ answers: false, because: how === 'is busy' ? 'busy' : 'no-answer' });
    return ear.until(() => !['dialling', 'ringing'].includes(ear.attention.doing));
  });
}

async function hear(hand: Hand, sentence: RegExp): Promise<string> {
  const found = () => said(hand).find((text) => sentence.test(text));
  await hand.ear.until(() => found() !== undefined || awaitsCaller(hand.ear.attention));
  return found() ?? fail(hand, `The caller expected to hear ${sentence}`);
}

/** Does something; what is said from that moment on is the answer to it. */
async function act(hand: Hand, deed: () => Promise<void> | void): Promise<void> {
  hand.lastAct = hand.telephone.events.length;
  await deed();
  await hand.ear.settle();
}

async function strike({ telephone, ear, manner }: Hand, keys: string): Promise<void> {
  for (const [index, key] of keysOf(keys).entries()) {
    if (index > 0) await ear.pass(manner.keyGapMs);
    telephone.press(key);
  }
}

/** Waits for a moment in what the line says; fails when the line falls silent before. */
async function reach(hand: Hand, after: number, wanted: string): Promise<void> {
  const { ear } = hand;
  await ear.until(() => ear.attention.since !== null || awaitsCaller(ear.attention));
  const since = ear.attention.since ?? fail(hand, wanted);
  const left = since + after - ear.duration();
  if (left < 0 || !(await ear.pass(left, () => awaitsCaller(ear.attention)))) fail(hand, wanted);
}

/** Talks with whoever answered, or will, until so long after they did; fails when they hang up before. */
async function talk(hand: Hand, ms: number, wanted: string): Promise<void> {
  const { ear, telephone } = hand;
  const isTalking = () => ear.attention.doing === 'talking';
  await ear.until(() => isTalking() || (awaitsCaller(ear.attention) && ear.attention.doing !== 'queued'));
  const { at = 0 } = telephone.events.findLast(({ type }) => type === 'dialAnswered' || type === 'connected') ?? {};
  const left = at + ms - ear.duration();
  if (isTalking() && left >= 0 && (await ear.pass(left, () => !isTalking()))) return;
  fail(hand, wanted);
}

/** Waits for so long in a queue or for a conference; fails when the call goes on before. */
async function waitInLine(hand: Hand, ms: number, wanted: string): Promise<void> {
  const { ear } = hand;
  const isWaiting = () => ear.attention.doing === 'queued';
  await ear.turn();
  if (isWaiting() && (await ear.pass(ms, () => !isWaiting()))) return;
  fail(hand, wanted);
}

function isOpen({ ear }: Hand): boolean {
  return ear.attention.doing === 'listening' || ear.attention.doing === 'recording';
}

function said({ telephone, lastAct }: Hand): string[] {
  return telephone.events.slice(lastAct).flatMap((event) => {
    if (event.type === 'says') return [event.text];
    return event.type === 'plays' ? [event.what] : [];
  });
}

function fail({ telephone, ear, manner }: Hand, wanted: string): never {
  const doing = {
    nothing: 'is busy',
    listening: 'waits for keys',
    typing: 'is being typed to',
    queued: 'lets the caller wait',
    over: 'has ended the call',
  };
  const { doing: now } = ear.attention;
  const state = now in doing ? doing[now as keyof typeof doing] : `is ${now}`;
  throw new Error(`${wanted}, but the line ${state}. So far:\n${transcript(telephone.events, manner).join('\n')}`);
}

function keysOf(keys: string): Key[] {
  const isKey = (key: string): key is Key => /^[0-9*#A-D]$/.test(key);
  return [...keys].map((key) => {
    if (isKey(key)) return key;
    throw new Error(`"${key}" is no key of a telephone: 0-9, *, # and A-D are.`);
  });
}
