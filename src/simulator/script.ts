import type { HangUpTime, OfficerAnswer } from './act.ts';
import { atFirst, attend, awaitsCaller } from './attention.ts';
import { virtualClock } from './clock.ts';
import { type DialOptions, dial } from './line.ts';
import type { CalleeAnswer, Key, LineEvent, Telephone } from './telephone.ts';
import { type Manner, transcript, usualManner } from './transcript.ts';

/** Options of a call that a script makes: those of the line, on a virtual clock unless given, and the caller's manner. */
export type CallOptions = DialOptions & Partial<Manner>;

/**
 * A telephone in the hand of a script. After an act, time stands still until the next one needs it to pass; so a script
 * may interrupt what the line has begun to say, and whoever wants to hear it out says so with `listen` or `hear`.
 */
export type ScriptedPhone = {
  /** Waits until the line listens in silence, then presses the keys one after the other. */
  press(keys: string): Promise<void>;
  /** Presses the keys so many milliseconds after the line began to speak. */
  interrupt(keys: string, when: { after: number }): Promise<void>;
  /** Lets the line wait in vain, once. */
  stayQuiet(): Promise<void>;
  /** Hangs up when the line waits, or earlier. */
  hangUp(when?: HangUpTime): Promise<void>;
  /** Decides how the other end takes the call that the line is passing on. */
  officer(how: OfficerAnswer): Promise<void>;
  /** Waits for a sentence, among all that is said since the last act; fails when the line waits or ends without it. */
  hear(sentence: RegExp): Promise<string>;
  /** Hears the line out until it is the caller's turn or the call is over; answers all that was said since the last act. */
  listen(): Promise<string[]>;
  readonly transcript: string[];
  readonly warnings: string[];
  /** How long the call has lasted so far, in milliseconds. */
  readonly duration: number;
  readonly isOver: boolean;
  readonly telephone: Telephone;
};

/** Dials an application and hands the telephone to a script. */
export async function call(url: string, options: CallOptions): Promise<ScriptedPhone> {
  const manner = { ...usualManner, ...options };
  const clock = options.clock ?? virtualClock();
  const startedAt = clock.now();
  const telephone = dial(url, { ...options, clock });
  const { events } = telephone;
  let attention = events.reduce(attend, atFirst);
  let lastAct = 0;
  telephone.onEvent((event) => {
    attention = attend(attention, event);
  });

  const duration = () => Math.round(clock.now() - startedAt);
  const pages = () => transcript(events, manner);
  const fail = (wanted: string): never => {
    const state = { nothing: 'is busy', listening: 'waits for a key', over: 'has ended the call' } as const;
    const now = attention.doing in state ? state[attention.doing as keyof typeof state] : `is ${attention.doing}`;
    throw new Error(`${wanted}, but the line ${now}. So far:\n${pages().join('\n')}`);
  };
  const run = async (isReached: () => boolean) => {
    await clock.until(() => isReached() || attention.doing === 'over', telephone.onEvent);
    if (attention.doing === 'over') await telephone.ended;
  };
  const pass = async (ms: number, isEnough = () => false) => {
    const cut = new AbortController();
    let hasPassed = false;
    const slept = clock.sleep(ms, cut.signal).then(() => {
      hasPassed = true;
    });
    await clock.until(
      () => hasPassed || isEnough(),
      (changed) => {
        void slept.then(changed);
        return telephone.onEvent(changed);
      },
    );
    cut.abort();
    return hasPassed;
  };
  const turn = () => run(() => awaitsCaller(attention));
  const settle = () => run(() => true);
  const said = () => events.slice(lastAct).flatMap(sentence);

  /** The moment of an act: what is said from here on answers it. */
  const act = async (deed: () => Promise<void> | void) => {
    lastAct = events.length;
    await deed();
    await settle();
  };
  const strike = async (keys: string) => {
    for (const [index, key] of keysOf(keys).entries()) {
      if (index > 0) await pass(manner.keyGapMs);
      telephone.press(key);
    }
  };
  const reach = async (after: number, wanted: string) => {
    await run(() => attention.since !== null || awaitsCaller(attention));
    const since = attention.since ?? fail(wanted);
    const wait = since + after - duration();
    if (wait < 0 || !(await pass(wait, () => awaitsCaller(attention)))) fail(wanted);
  };

  await settle();
  return {
    telephone,
    async press(keys) {
      await turn();
      if (attention.doing !== 'listening') fail(`The caller wanted to press ${keys}`);
      await act(() => strike(keys));
    },
    async interrupt(keys, { after }) {
      await reach(after, `The caller wanted to press ${keys} after ${after} ms`);
      await act(() => strike(keys));
    },
    async stayQuiet() {
      await turn();
      if (attention.doing !== 'listening') fail('The caller wanted to stay quiet');
      await act(() => {
        const before = events.length;
        return run(() => events.length > before);
      });
    },
    async hangUp(when = 'when it waits') {
      if (typeof when === 'object') await reach(when.afterMs, `The caller wanted to hang up after ${when.afterMs} ms`);
      else if (when === 'when it waits') await turn();
      await act(() => telephone.hangUp());
    },
    async officer(how) {
      await turn();
      if (attention.doing !== 'dialling') fail(`The officer was to be the one who ${how}`);
      await act(() => {
        telephone.otherEnd(calleeAnswer(how, manner.officerTalksForMs));
        return run(() => attention.doing !== 'dialling');
      });
    },
    async hear(wanted) {
      const found = () => said().find((text) => wanted.test(text));
      await run(() => found() !== undefined || awaitsCaller(attention));
      return found() ?? fail(`The caller expected to hear ${wanted}`);
    },
    async listen() {
      await turn();
      return said();
    },
    get transcript() {
      return pages();
    },
    get warnings() {
      return events.flatMap((event) => (event.type === 'warning' ? [`${event.code} ${event.message}`] : []));
    },
    get duration() {
      return duration();
    },
    get isOver() {
      return attention.doing === 'over';
    },
  };
}

function sentence(event: LineEvent): string[] {
  if (event.type === 'says') return [event.text];
  return event.type === 'plays' ? [event.what] : [];
}

function keysOf(keys: string): Key[] {
  const isKey = (key: string): key is Key => /^[0-9*#A-D]$/.test(key);
  return [...keys].map((key) => {
    if (isKey(key)) return key;
    throw new Error(`"${key}" is no key of a telephone: 0-9, *, # and A-D are.`);
  });
}

function calleeAnswer(how: OfficerAnswer, talksForMs: number): CalleeAnswer {
  if (how === 'answers') return { answers: true, talksForMs };
  return { answers: false, because: how === 'is busy' ? 'busy' : 'no-answer' };
}
