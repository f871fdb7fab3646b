import type { LineEvent } from './telephone.ts';

/** What the line is busy with, as the caller notices it. */
export type Attention = {
  /**
   * `listening` until the first key or word, `typing` after it; `recording` when somebody who has spoken may go on;
   * `dialling` while somebody else may decide what they do, `ringing` when they have; `queued` whenever what is played
   * to who waits is over.
   */
  doing:
    | 'nothing'
    | 'speaking'
    | 'listening'
    | 'typing'
    | 'recording'
    | 'dialling'
    | 'ringing'
    | 'queued'
    | 'talking'
    | 'over';
  /** Since when (line time) the line has been speaking without a pause for the caller. */
  since: number | null;
  /** The only keys that end what the line does, where others do nothing. */
  finishOnKey?: string;
};

/** What the line is busy with when it has just been dialled. */
export const atFirst: Attention = { doing: 'nothing', since: null };

/** What the line is busy with after one more event. */
export function attend(before: Attention, event: LineEvent): Attention {
  if (before.doing === 'over') return before;
  switch (event.type) {
    case 'says':
    case 'plays':
    case 'pauses':
      return { doing: 'speaking', since: before.since ?? event.at };
    case 'listens':
      return { doing: event.again ? 'typing' : 'listening', since: null };
    case 'records':
      return { doing: event.again ? 'recording' : 'listening', since: null, finishOnKey: event.finishOnKey };
    case 'key':
      return before.finishOnKey?.includes(event.key) === false ? before : answered(before, event.heard);
    case 'callerSays':
      return answered(before, event.heard);
    case 'requests':
      return { doing: 'nothing', since: before.since };
    case 'dials':
      return { doing: event.decided ? 'ringing' : 'dialling', since: null };
    case 'dialDecided':
      return { doing: 'ringing', since: null };
    case 'queued':
      return { doing: 'queued', since: null };
    case 'dialAnswered':
    case 'connected':
      return { doing: 'talking', since: null };
    case 'interrupted':
    case 'dialEnded':
    case 'disconnected':
      return { doing: 'nothing', since: null };
    case 'ended':
      return { doing: 'over', since: null };
    default:
      return before;
  }
}

function answered(before: Attention, isHeard: boolean): Attention {
  return isHeard && before.doing !== 'talking' ? { ...before, doing: 'typing', since: null } : before;
}

/** Whether it is the caller's turn, or there is nothing more to wait for. */
export function awaitsCaller({ doing }: Attention): boolean {
  return ['listening', 'dialling', 'queued', 'over'].includes(doing);
}

/** Whether the caller may do something in this silence, also where it is not theirs to end it. */
export function hearsCaller(attention: Attention): boolean {
  return attention.doing === 'recording' || awaitsCaller(attention);
}
