/** The time that a line lives in. */
export type Clock = {
  /** Milliseconds since 1970, as this clock has it. */
  now(): number;
  /** Rings when so much time has passed, or at once when what it answers is called; once in any case. */
  alarm(ms: number, ring: () => void): () => void;
  /** Resolves when so much time has passed, or at once when the signal ends the wait. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Does work of the world outside (a request, a file); on a virtual clock no time passes meanwhile. */
  standStill<T>(work: () => Promise<T>): Promise<T>;
  /** Lets time pass until something is true; `notices` tells when it may have become so. */
  until(isReached: () => boolean, notices: Notices): Promise<void>;
};

/** Registers a callback for every change of what is waited for; returns how to stop that. */
type Notices = (changed: () => void) => () => void;

/** Sleeping by a clock's alarm. */
export const sleepBy =
  (alarm: Clock['alarm']): Clock['sleep'] =>
  (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const wake = alarm(ms, () => {
        signal?.removeEventListener('abort', wake);
        resolve();
      });
      signal?.addEventListener('abort', wake, { once: true });
    });

/** Does something when so much time has passed, unless it is called off before: by calling what it answers. */
export function after(clock: Clock, ms: number, act: () => void): () => void {
  let isOff = false;
  const ring = clock.alarm(ms, () => isOff || act());
  return () => {
    isOff = true;
    ring();
  };
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
  const alarm: Clock['alarm'] = (ms, ring) => {
    let isSet = !frozen?.aborted;
    const stop = () => {
      isSet = false;
      clearTimeout(timer);
      frozen?.removeEventListener('abort', stop);
    };
    const end = () => {
      if (!isSet) return;
      stop();
      ring();
    };
    const timer = isSet ? setTimeout(end, ms) : undefined;
    frozen?.addEventListener('abort', stop, { once: true });
    return end;
  };
  return {
    now: () => performance.timeOrigin + performance.now(),
    alarm,
    sleep: sleepBy(alarm),
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
  const alarm: Clock['alarm'] = (ms, ring) => alarms.set(now + Math.max(0, ms), ring);
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
  return { now: () => now, alarm, sleep: sleepBy(alarm), standStill, until };
}

type Alarm = { at: number; ring: () => void };

/** The alarms of a virtual clock; one that has rung is set no longer. */
function newAlarms() {
  const alarms: Alarm[] = [];
  return {
    set(at: number, act: () => void) {
      const ring = () => {
        const place = alarms.indexOf(alarm);
        if (place < 0) return;
        alarms.splice(place, 1);
        act();
      };
      const alarm = { at, ring };
      alarms.push(alarm);
      return ring;
    },
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
