/** Where calls are remembered between two turns. `state` is any JSON value; it holds personal data and is kept sealed. */
export type CallStore = {
  /** The call as it stood after its latest turn, or null where nobody has called. */
  load(callId: string): Promise<{ turn: number; state: unknown } | null>;
  /**
   * Writes down turn `turn` (0 is the first). Compare-and-set: true when the turn before it was the latest, or when
   * nobody knew the call (a forgotten one starts again at any turn); false when somebody else has taken this turn.
   */
  save(callId: string, turn: number, state: unknown): Promise<boolean>;
  /** Forgets a call that is over; forgetting it twice is no error. */
  forget(callId: string): Promise<void>;
  /** Forgets the calls whose latest turn is older than this; says how many. */
  forgetBefore(when: Date): Promise<number>;
};
