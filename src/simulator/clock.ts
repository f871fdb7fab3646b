/** The time that a line lives in. */
export type Clock = {
  /** Milliseconds since 1970, as this clock has it. */
  now(): number;
  /** Resolves when so much time has passed, or at once when the signal ends the wait. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Does work of the world outside (a request, a file); on a virtual clock no time passes meanwhile. */
  standStill<T>(work: () => Promise<T>): Promise<T>;
  /** Lets time pass until something is true; `notices` tells when it may have become so. */
  until(isReached: () => boolean, notices: Notices): Promise<void>;
};

/** Registers a callback for every change of what is waited for; returns how to stop that. */
type Notices = (changed: () => void) => () => void;

/** Why a wait is cut short: a reason of its own spares the making of an error that nobody looks at. */
export const noReason = null;

/** Does something when so much time has passed, unless it is called off before: by calling what it answers. */
export function after(clock: Clock, ms: number, act: () => void): () => void {
  const off = new AbortController();
  void clock.sleep(ms, off.signal).then(() => {
    if (!off.signal.aborted) act();
  });
  return () => off.abort(noReason);
}

/** Waits until something is true, on a clock whose time passes by itself. */
export const untilNoticed: Clock['until'] = (isReached, notices) =>
  new Promise((resolve) => {
    if (isReached()) return resolve();
    const stop = notices(() => {
      if (!isReached()) return;
      stop();
      resolve();
    });
  });

/** The clock on the wall: for people. When `frozen` is aborted, whoever waits on it waits for ever, and holds nothing up. */
export function realClock(frozen?: AbortSignal): Clock {
  return {
    now: () => performance.timeOrigin + performance.now(),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (frozen?.aborted) return;
        if (signal?.aborted) return resolve();
        const stop = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', end);
          frozen?.removeEventListener('abort', stop);
        };
        const end = () => {
          stop();
          resolve();
        };
        const timer = setTimeout(end, ms);
        signal?.addEventListener('abort', end, { once: true });
        frozen?.addEventListener('abort', stop, { once: true });
      }),
    standStill: async (work) => {
      const done = await work();
      return frozen?.aborted ? new Promise<never>(() => {}) : done;
    },
    until: untilNoticed,
  };
}

/**
 * A clock on which nobody waits, for tests and load. Its time moves only inside `until`, and only when all that could
 * still happen at this instant has happened: then it jumps to the next alarm, one alarm at a time, in the order set.
 */
export function virtualClock(startsAt: number = Date.now()): Clock {
  let now = startsAt;
  const { standStill, settle } = newWorkshop();
  const alarms = newAlarms();
  const until = async (isReached: () => boolean) => {
    for (;;) {
      await settle();
      if (isReached()) return;
      const next = alarms.next();
      if (!next) throw new Error('Nothing more can happen on this clock, and what was waited for has not come.');
      now = next.at;
      next.ring();
    }
  };
  return {
    now: () => now,
    sleep: (ms, signal) => alarms.set(now + Math.max(0, ms), signal),
    standStill,
    until,
  };
}

type Alarm = { at: number; ring: () => void };

/** The alarms of a virtual clock; one resolves when it rings, or when its signal ends it. */
function newAlarms() {
  const alarms: Alarm[] = [];
  return {
    set: (at: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        if (signal?.aborted) return resolve();
        const end = () => {
          const place = alarms.indexOf(alarm);
          if (place >= 0) alarms.splice(place, 1);
          signal?.removeEventListener('abort', end);
          resolve();
        };
        const alarm = { at, ring: end };
        alarms.push(alarm);
        signal?.addEventListener('abort', end, { once: true });
      }),
    /** Of those that ring at the same instant, the one that was set first. */
    next: () => alarms.reduce<Alarm | undefined>((first, a) => (first && first.at <= a.at ? first : a), undefined),
  };
}

/** The work of the world outside that a virtual clock waits for. */
function newWorkshop() {
  let underWay = 0;
  const awaitingIt: (() => void)[] = [];
  return {
    async standStill<T>(work: () => Promise<T>): Promise<T> {
      underWay += 1;
      try {
        return await work();
      } finally {
        underWay -= 1;
        if (underWay === 0) for (const goOn of awaitingIt.splice(0)) goOn();
      }
    },
    // A turn of Node's event loop runs every promise that can run, so after it only work under way can bring news.
    async settle(): Promise<void> {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        if (underWay === 0) return;
        await new Promise<void>((resolve) => awaitingIt.push(resolve));
      }
    },
  };
}
