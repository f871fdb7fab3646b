/** Remembers lookups that failed, by who asked and by what was asked for. Subjects are kept as keyed hashes only. */
export type FailedLookups = {
  /** Adds a failure for each subject. */
  add(subjects: readonly string[], at: Date): Promise<void>;
  /** How often this subject failed at or after `since`. */
  count(subject: string, since: Date): Promise<number>;
  /** Forgets failures older than this. */
  forgetBefore(when: Date): Promise<number>;
};
