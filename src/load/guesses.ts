/** How often lookups may fail before an officer must help, as the hotline promises. */
export const promised = { inAQuarterOfAnHour: 3, inADay: 10 } as const;

/** The failed lookups that callers were told of: by whom, and at which number. */
export type Guesses = {
  failed(caller: string, number: string): void;
  /** Whether whoever asks now, or for this number, has used up what is allowed. */
  isSpent(caller: string, number: string): boolean;
  /** The most failures that the hotline has told one caller of, or told of one number, in a quarter of an hour and in a day. */
  most(): { inAQuarterOfAnHour: number; inADay: number };
};

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * A caller hears of a failure later than the hotline counts it. Two that are heard within fourteen minutes were counted
 * within fifteen, as long as no answer takes a minute.
 */
const HEARD_QUARTER_MS = 14 * MINUTE_MS;

/** The failures of a load test, at the times when they were heard. */
export function guesses(now: () => number): Guesses {
  const heard = new Map<string, number[]>();
  const of = (subject: string) => heard.get(subject) ?? heard.set(subject, []).get(subject)!;
  const subjects = (caller: string, number: string) => [of(`caller ${caller}`), of(`number ${number}`)];
  return {
    failed(caller, number) {
      for (const times of subjects(caller, number)) times.push(now());
    },
    isSpent: (caller, number) =>
      subjects(caller, number).some(
        (times) =>
          within(times, DAY_MS, now()) >= promised.inADay ||
          within(times, 15 * MINUTE_MS, now()) >= promised.inAQuarterOfAnHour,
      ),
    most: () => ({
      inAQuarterOfAnHour: highest([...heard.values()].map((times) => crowd(times, HEARD_QUARTER_MS))),
      inADay: highest([...heard.values()].map((times) => crowd(times, DAY_MS))),
    }),
  };
}

const within = (times: readonly number[], ms: number, now: number) => times.filter((at) => at > now - ms).length;

const highest = (counts: readonly number[]) => counts.reduce((most, count) => Math.max(most, count), 0);

/** The most of these moments that lie within so much time of each other. */
const crowd = (times: readonly number[], ms: number) =>
  highest(times.map((at) => times.filter((one) => one <= at && one > at - ms).length));
