import type { Leg } from './leg.ts';
import { longestCallMs } from './longestCall.ts';

/** A connection between two legs, which either side ends by closing it. */
export type Bridge = {
  readonly isOpen: boolean;
  readonly isClosed: boolean;
  open(): void;
  close(): void;
  /** Calls back on every change; returns how to stop that. */
  onChange(changed: () => void): () => void;
};

/** A connection that is being prepared. */
export function newBridge(): Bridge {
  let state: 'prepared' | 'open' | 'closed' = 'prepared';
  const listeners = new Set<() => void>();
  const become = (next: 'open' | 'closed') => {
    if (state === next || state === 'closed') return;
    state = next;
    for (const listener of [...listeners]) listener();
  };
  return {
    get isOpen() {
      return state === 'open';
    },
    get isClosed() {
      return state === 'closed';
    },
    open: () => become('open'),
    close: () => become('closed'),
    onChange(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}

/** Talks over a bridge until one side has had enough or the time is over; answers how long, null when it never opened. */
export async function talkOver(
  bridge: Bridge,
  leg: Leg,
  { partner, ms, hangupOnStar = false }: { partner: string; ms: number; hangupOnStar?: boolean },
): Promise<number | null> {
  const deaf = bridge.onChange(() => leg.cutShort());
  if (!bridge.isOpen && !bridge.isClosed) await leg.wait(longestCallMs);
  let talkedMs: number | null = null;
  if (bridge.isOpen && !leg.isGone) {
    const from = leg.now();
    if (hangupOnStar) leg.ear = (key) => key === '*' && bridge.close();
    await leg.wait(ms, { type: 'connected', with: partner });
    leg.ear = null;
    talkedMs = leg.now() - from;
    if (!leg.ending) leg.happen({ type: 'disconnected' });
  }
  deaf();
  bridge.close();
  return talkedMs;
}
