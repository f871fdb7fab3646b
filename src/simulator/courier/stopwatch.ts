import type { Fault } from './roundTrip.ts';

/** How long a connection, the next piece of an answer and the whole of it are waited for, in milliseconds. */
export type Limits = {
  connectMs: number;
  /** To the answer, and between two pieces of it. */
  readMs: number;
  totalMs: number;
  /** What earlier attempts and redirects have left of the total; all of it by default. */
  leftMs?: number;
};

/** Takes the time of one request. */
export type Stopwatch = {
  /** Whether the server was reached. */
  readonly isConnected: boolean;
  connecting(): void;
  connected(): void;
  /** A piece of the answer has come. */
  heard(): void;
  stop(): void;
};

/** Loses patience when the connection, the next piece of the answer or the whole of it do not come in time. */
export function stopwatch(
  { connectMs, readMs, totalMs, leftMs = totalMs }: Limits,
  lose: (fault: Fault) => void,
): Stopwatch {
  let silence: NodeJS.Timeout | undefined;
  const loseAfter = (ms: number, granted = ms) => setTimeout(() => lose(timedOut(watch.isConnected, granted)), ms);
  const total = loseAfter(leftMs, totalMs);
  // A silence that may last as long as everything needs no timer of its own.
  const bear = (ms: number) => {
    clearTimeout(silence);
    silence = ms < leftMs ? loseAfter(ms) : undefined;
  };
  const watch = {
    isConnected: false,
    connecting: () => bear(connectMs),
    connected() {
      watch.isConnected = true;
      bear(readMs);
    },
    heard: () => void silence?.refresh(),
    stop() {
      clearTimeout(silence);
      clearTimeout(total);
    },
  };
  return watch;
}

function timedOut(connected: boolean, ms: number): Fault {
  const what = connected ? 'the whole answer did not come' : 'no connection was made';
  return { fault: 'timeout', connected, why: `${what} within ${ms / 1_000} s` };
}
