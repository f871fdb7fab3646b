import type { LineEvent } from './telephone.ts';

/** What the line is busy with, as the caller notices it. */
export type Attention = {
  /**
   * `listening` until the first key or word, `typing` after it; `dialling` while somebody else may decide what they do;
   * `queued` whenever what is played to who waits is over.
   */
  doing: 'nothing' | 'speaking' | 'listening' | 'typing' | 'dialling' | 'queued' | 'talking' | 'over';
  /** Since when (line time) the line has been speaking without a pause for the caller. */
  since: number | null;
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
      return { doing: 'listening', since: null };
    case 'key':
    case 'callerSays':
      return event.heard && before.doing !== 'talking' ? { doing: 'typing', since: null } : before;
    case 'requests':
      return { ...before, doing: 'nothing' };
    case 'dials':
      return { doing: event.decided ? 'nothing' : 'dialling', since: null };
    case 'queued':
      return { doing: 'queued', since: null };
    case 'dialAnswered':
    case 'connected':
      return { doing: 'talking', since: null };
    case 'dialEnded':
    case 'disconnected':
      return { doing: 'nothing', since: null };
    case 'ended':
      return { doing: 'over', since: null };
    default:
      return before;
  }
}

/** Whether it is the caller's turn, or there is nothing more to wait for. */
export function awaitsCaller({ doing }: Attention): boolean {
  return ['listening', 'dialling', 'queued', 'over'].includes(doing);
}
