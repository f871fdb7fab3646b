/** How a played caller and officer behave where a recorded call says nothing about it. */
export type Manner = {
  /** From one key to the next. */
  keyGapMs: number;
  officerTalksForMs: number;
  /** To how many milliseconds an interruption is written down: 1 as it was, 100 for a call that a person made. */
  precisionMs: number;
};

/** Three keys a second, half a minute with the officer. */
export const usualManner: Manner = { keyGapMs: 300, officerTalksForMs: 30_000, precisionMs: 1 };
