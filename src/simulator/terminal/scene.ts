import { spokenPart } from '../sound/speechTime.ts';
import type { LineEvent } from '../telephone.ts';

/** What the caller's line does not tell: the callee's telephone is left to ring or picked up, or what is heard there. */
export type OtherEnd = { at: number } & (
  | { type: 'officerStaysAway' | 'otherEndAnswers' }
  | { type: 'otherEndHears'; text: string }
);

/** Something that happened and stays on the screen. */
export type Entry = { kind: 'heard' | 'caller' | 'note' | 'warning'; text: string };

/** What the line is busy with right now; times are the line's own milliseconds. */
export type Doing =
  | { what: 'dialling' | 'waiting' }
  /** `isApart` while who has picked up is told who calls, and the caller still hears it ring. */
  | { what: 'talking'; isApart?: true }
  | { what: 'speaking'; text: string; language: string; since: number; ms: number }
  | { what: 'playing'; text: string; since: number; ms: number }
  | { what: 'pausing'; since: number; ms: number }
  | { what: 'listening'; since: number; until: number; digits: number | null; finishOnKey: string }
  | { what: 'recording'; since: number; until: number; finishOnKey: string }
  /** In a queue or a conference, or connected with another call there. */
  | { what: 'inQueue' | 'connected'; text: string }
  | { what: 'ringing'; since: number; until: number; inVain: boolean }
  | { what: 'over'; at: number; status: string; by: 'caller' | 'application' | 'carrier' };

/** A call as the person at the terminal sees it. */
export type Scene = {
  /** What somebody is called whom the application dials. */
  callee: string;
  /** What stays on the screen, in order; it only ever grows. */
  log: readonly Entry[];
  doing: Doing;
  /** The keys pressed for the question that is open. */
  typed: string;
  /** Whether keys or words have answered that question. */
  isAnswered: boolean;
  /** Entries that wait for the end of the sentence in which they fell. */
  held: readonly Entry[];
};

const THEIR_CALL_ENDED = {
  completed: 'has hung up',
  busy: 'is busy',
  'no-answer': 'does not answer',
  failed: 'cannot be reached',
  canceled: 'is no longer rung',
} as const;

/** A call in which nothing has happened yet, under the lines that introduce it; who is dialled in it is called so. */
export function openingScene(introduction: readonly string[], callee = 'the other end'): Scene {
  const log = introduction.map((text): Entry => ({ kind: 'note', text }));
  return { callee, log, doing: { what: 'dialling' }, typed: '', isAnswered: false, held: [] };
}

/** What the person sees after one more thing has happened on the line. */
export function hear(scene: Scene, event: LineEvent | OtherEnd): Scene {
  if (event.type === 'key') return hearKey(scene, event.key, event.heard);
  if (event.type === 'callerSays') return hearSentence(scene, event.text, event.heard);
  if (event.type === 'message') return note(scene, { kind: 'note', text: `message to ${event.to}: ${event.body}` });
  if (event.type === 'otherEndHears') return note(scene, { kind: 'note', text: `the other end hears: ${event.text}` });
  if (event.type === 'warning') return note(scene, { kind: 'warning', text: warningText(event) });
  const doing = nextDoing(scene.doing, event);
  if (doing === scene.doing) return scene;
  // The timer that starts anew at a key, and a key that cuts a sentence short, leave the question open.
  const startsAnew = event.type === 'listens' && event.again === true;
  const sameQuestion = startsAnew || event.type === 'interrupted';
  const left = [...leaving(scene, event), ...scene.held];
  const typed = sameQuestion || scene.typed === '' ? [] : [{ kind: 'caller' as const, text: scene.typed }];
  return {
    ...scene,
    log: [...scene.log, ...left, ...typed, ...arriving(event, scene.callee)],
    doing,
    typed: sameQuestion ? scene.typed : '',
    isAnswered: startsAnew || (sameQuestion && scene.isAnswered),
    held: [],
  };
}

/** Milliseconds as a telephone's display shows them: minutes and seconds. */
export function asClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function hearKey(scene: Scene, key: string, heard: boolean): Scene {
  if (heard) return { ...scene, typed: scene.typed + key, isAnswered: true };
  return note(scene, { kind: 'note', text: `key ${key} not heard: nothing was listening` });
}

function hearSentence(scene: Scene, text: string, heard: boolean): Scene {
  if (heard) return { ...note(scene, { kind: 'caller', text: `"${text}"` }), isAnswered: true };
  return note(scene, { kind: 'note', text: `"${text}" not heard: nothing was listening for speech` });
}

function note(scene: Scene, entry: Entry): Scene {
  const midSentence = scene.doing.what === 'speaking' || scene.doing.what === 'playing';
  return midSentence ? { ...scene, held: [...scene.held, entry] } : { ...scene, log: [...scene.log, entry] };
}

type Told = LineEvent | OtherEnd;
type Next = { [T in Told['type']]?: (event: Extract<Told, { type: T }>, now: Doing) => Doing };

// The last status callback is a request too; the call stays over.
const goesOn = (_event: Told, now: Doing): Doing => (now.what === 'over' ? now : { what: 'waiting' });

const next: Next = {
  says: ({ text, language, at: since, ms }) => ({ what: 'speaking', text: oneLine(text), language, since, ms }),
  plays: ({ what: text, at: since, ms }) => ({ what: 'playing', text, since, ms }),
  pauses: ({ at: since, ms }) => ({ what: 'pausing', since, ms }),
  listens: ({ at: since, ms, digits, finishOnKey }) => ({
    ...{ what: 'listening', since, until: since + ms },
    ...{ digits, finishOnKey },
  }),
  records: ({ at: since, ms, finishOnKey }) => ({ what: 'recording', since, until: since + ms, finishOnKey }),
  queued: ({ where }) => ({ what: 'inQueue', text: where }),
  connected: ({ with: text }) => ({ what: 'connected', text }),
  dials: ({ at: since, ms }) => ({ what: 'ringing', since, until: since + ms, inVain: false }),
  officerStaysAway: (_event, now) => (now.what === 'ringing' ? { ...now, inVain: true } : now),
  otherEndAnswers: (_event, now) => (now.what === 'ringing' ? { what: 'talking', isApart: true } : now),
  dialAnswered: () => ({ what: 'talking' }),
  ended: ({ at, status, by }) => ({ what: 'over', at, status, by }),
  interrupted: goesOn,
  disconnected: goesOn,
  dialEnded: goesOn,
  requests: goesOn,
};

function nextDoing(now: Doing, event: Told): Doing {
  const become = next[event.type] as ((event: Told, now: Doing) => Doing) | undefined;
  return become?.(event, now) ?? now;
}

function leaving({ doing, isAnswered }: Scene, event: LineEvent | OtherEnd): Entry[] {
  if (doing.what === 'speaking' || doing.what === 'playing') {
    const share = (event.at - doing.since) / doing.ms;
    const cut = event.type === 'interrupted' || (event.type === 'ended' && share < 1);
    const mark = doing.what === 'playing' ? '♪ ' : '';
    const text = cut && doing.what === 'speaking' ? spokenPart(doing.text, share) : doing.text;
    return [{ kind: 'heard', text: `${mark}${text}${cut ? ' …' : ''}`.trim() }];
  }
  const wasWaitedOut = doing.what === 'listening' && !isAnswered && !['interrupted', 'ended'].includes(event.type);
  return wasWaitedOut ? [{ kind: 'caller', text: '(silence)' }] : [];
}

function arriving(event: LineEvent | OtherEnd, callee: string): Entry[] {
  if (event.type === 'dials') return [{ kind: 'note', text: `the line dials ${event.to}` }];
  if (event.type === 'dialAnswered') return [{ kind: 'note', text: `${callee} answers` }];
  if (event.type === 'connected') return [{ kind: 'note', text: `connected with ${event.with}` }];
  if (event.type === 'disconnected') return [{ kind: 'note', text: 'no longer connected' }];
  if (event.type === 'dialEnded' && event.whisperedMs !== undefined)
    return [{ kind: 'note', text: `${callee} does not take the call` }];
  if (event.type === 'dialEnded') return [{ kind: 'note', text: `${callee} ${THEIR_CALL_ENDED[event.status]}` }];
  return [];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function warningText(event: Extract<LineEvent, { type: 'warning' }>): string {
  const place = event.line === undefined ? '' : ` (${event.line}:${event.column ?? 1})`;
  return `${event.code} ${event.message}${place}`;
}
