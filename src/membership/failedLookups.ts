/** Whom or what failures are counted for, and how many there may have been since each of these moments. */
export type Counted = { subject: string; limits: readonly { since: Date; most: number }[] };

/** Remembers lookups that failed, by who asked and by what was asked for. Subjects are kept as keyed hashes only. */
export type FailedLookups = {
  /**
   * Counts a lookup as failed before it is made, so that none of many at once slips through. False, and nothing is
   * counted, when one of the subjects has reached a limit. The same occasion (a turn asked twice) counts once.
   */
  reserve(counted: readonly Counted[], occasion: string, at: Date): Promise<boolean>;
  /** The lookup of this occasion did not fail, or nobody could tell: it does not count. */
  release(occasion: string): Promise<void>;
  /** Forgets failures older than this; says how many. */
  forgetBefore(when: Date): Promise<number>;
};
