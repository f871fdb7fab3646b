import { spokenPart } from './speechTime.ts';
import type { LineEvent } from './telephone.ts';

/** What the caller's line does not tell: the officer's telephone is left to ring, or what is heard at the other end. */
export type OtherEnd = { at: number } & ({ type: 'officerStaysAway' } | { type: 'otherEndHears'; text: string });

/** Something that happened and stays on the screen. */
export type Entry = { kind: 'heard' | 'caller' | 'note' | 'warning'; text: string };

/** What the line is busy with right now; times are the line's own milliseconds. */
export type Doing =
  | { what: 'dialling' | 'waiting' | 'talking' }
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
  /** What stays on the screen, in order; it only ever grows. */
  log: readonly Entry[];
  doing: Doing;
  /** The keys pressed for the question that is open. */
  typed: string;
  /** Entries that wait for the end of the sentence in which they fell. */
  held: readonly Entry[];
};

const OFFICERS_CALL_ENDED = {
  completed: 'the officer has hung up',
  busy: 'the officer is busy',
  'no-answer': 'the officer does not answer',
  failed: 'the officer cannot be reached',
  canceled: 'the officer is no longer rung',
} as const;

/** A call in which nothing has happened yet, under the lines that introduce it. */
export function openingScene(introduction: readonly string[]): Scene {
  const log = introduction.map((text): Entry => ({ kind: 'note', text }));
  return { log, doing: { what: 'dialling' }, typed: '', held: [] };
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
  const sameQuestion = event.type === 'listens' || event.type === 'interrupted';
  const left = [...leaving(scene, event), ...scene.held];
  const typed = sameQuestion || scene.typed === '' ? [] : [{ kind: 'caller' as const, text: scene.typed }];
  return {
    log: [...scene.log, ...left, ...typed, ...arriving(event)],
    doing,
    typed: sameQuestion ? scene.typed : '',
    held: [],
  };
}

/** Milliseconds as a telephone's display shows them: minutes and seconds. */
export function asClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function hearKey(scene: Scene, key: string, heard: boolean): Scene {
  if (heard) return { ...scene, typed: scene.typed + key };
  return note(scene, { kind: 'note', text: `key ${key} not heard: nothing was listening` });
}

function hearSentence(scene: Scene, text: string, heard: boolean): Scene {
  if (heard) return note(scene, { kind: 'caller', text: `"${text}"` });
  return note(scene, { kind: 'note', text: `"${text}" not heard: nothing was listening for speech` });
}

function note(scene: Scene, entry: Entry): Scene {
  const midSentence = scene.doing.what === 'speaking' || scene.doing.what === 'playing';
  return midSentence ? { ...scene, held: [...scene.held, entry] } : { ...scene, log: [...scene.log, entry] };
}

function nextDoing(now: Doing, event: LineEvent | OtherEnd): Doing {
  const since = event.at;
  switch (event.type) {
    case 'says':
      return {
        what: 'speaking',
        text: event.text.replace(/\s+/g, ' ').trim(),
        language: event.language,
        since,
        ms: event.ms,
      };
    case 'plays':
      return { what: 'playing', text: event.what, since, ms: event.ms };
    case 'pauses':
      return { what: 'pausing', since, ms: event.ms };
    case 'listens':
      return {
        what: 'listening',
        since,
        until: event.at + event.ms,
        digits: event.digits,
        finishOnKey: event.finishOnKey,
      };
    case 'records':
      return { what: 'recording', since, until: since + event.ms, finishOnKey: event.finishOnKey };
    case 'queued':
      return { what: 'inQueue', text: event.where };
    case 'connected':
      return { what: 'connected', text: event.with };
    case 'dials':
      return { what: 'ringing', since, until: event.at + event.ms, inVain: false };
    case 'officerStaysAway':
      return now.what === 'ringing' ? { ...now, inVain: true } : now;
    case 'dialAnswered':
      return { what: 'talking' };
    case 'ended':
      return { what: 'over', at: event.at, status: event.status, by: event.by };
    case 'interrupted':
    case 'disconnected':
    case 'dialEnded':
    case 'requests':
      // The last status callback is a request too; the call stays over.
      return now.what === 'over' ? now : { what: 'waiting' };
    default:
      return now;
  }
}

function leaving({ doing, typed }: Scene, event: LineEvent | OtherEnd): Entry[] {
  if (doing.what === 'speaking' || doing.what === 'playing') {
    const share = (event.at - doing.since) / doing.ms;
    const cut = event.type === 'interrupted' || (event.type === 'ended' && share < 1);
    const mark = doing.what === 'playing' ? '♪ ' : '';
    const text = cut && doing.what === 'speaking' ? spokenPart(doing.text, share) : doing.text;
    return [{ kind: 'heard', text: `${mark}${text}${cut ? ' …' : ''}`.trim() }];
  }
  const unanswered = doing.what === 'listening' && typed === '' && event.type !== 'ended';
  return unanswered ? [{ kind: 'caller', text: '(silence)' }] : [];
}

function arriving(event: LineEvent | OtherEnd): Entry[] {
  if (event.type === 'dials') return [{ kind: 'note', text: `the line dials ${event.to}` }];
  if (event.type === 'dialAnswered') return [{ kind: 'note', text: 'the officer answers' }];
  if (event.type === 'connected') return [{ kind: 'note', text: `connected with ${event.with}` }];
  if (event.type === 'disconnected') return [{ kind: 'note', text: 'no longer connected' }];
  if (event.type === 'dialEnded' && event.whisperedMs !== undefined)
    return [{ kind: 'note', text: 'the officer does not take the call' }];
  if (event.type === 'dialEnded') return [{ kind: 'note', text: OFFICERS_CALL_ENDED[event.status] }];
  return [];
}

function warningText(event: Extract<LineEvent, { type: 'warning' }>): string {
  const place = event.line === undefined ? '' : ` (${event.line}:${event.column ?? 1})`;
  return `${event.code} ${event.message}${place}`;
}
