/** A call that goes on. */
export type StoredCall = { turn: number; state: unknown };

/** Where calls are remembered between two turns. A state is any JSON value; it holds personal data and is kept sealed. */
export type CallStore = {
  /**
   * The call as it stood after its latest turn; `over` when it has ended; null where nobody knows it. Whoever says what
   * is done with it, saving this turn or ending the call, may be told what is old by now: doing so fails then.
   */
  load(callId: string, toDo?: number | 'end'): Promise<StoredCall | 'over' | null>;
  /**
   * Writes down a turn. Compare-and-set: `after` is the turn at which the call was loaded, or null where nobody knew
   * it. False, and nothing is written, when the call has moved on or has ended since.
   */
  save(callId: string, turn: number, state: unknown, after: number | null): Promise<boolean>;
  /**
   * Forgets everything about a call but that it is over and this record; false, and nothing is changed, when it was over,
   * or has moved on since the turn `after`, where one is given.
   */
  end(callId: string, record?: unknown, after?: number): Promise<boolean>;
  /** The latest calls, so many at the most, the last to have changed first: what goes on, and the records of what is over. */
  recent(most: number): Promise<RecentCall[]>;
  /** How many calls are not over and have had a turn since then: there may be some whose end nobody told. */
  goingOn(since: Date): Promise<number>;
  /** Forgets the calls whose latest turn, or end, is older than this, and keeps those with a record for longer; says how many. */
  forgetBefore(limits: AgeLimits): Promise<number>;
};

/** What is older is forgotten: calls that go on or have left nothing, and those that have left a record. */
export type AgeLimits = { calls: Date; records: Date };

/** A call as the store lists it: its state while it goes on, else the record that it ended with (null: none was given). */
export type RecentCall = { callId: string } & ({ state: unknown } | { record: unknown });
