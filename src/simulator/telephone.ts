/** The sixteen keys of ITU-T Q.23, of which a telephone has the first twelve. */
export type Key = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '*' | '#' | 'A' | 'B' | 'C' | 'D';

/**
 * What the other end does when the application dials it: picks up, after `afterMs` of ringing, and talks for so long,
 * is busy, or lets it ring. `presses` are the keys it presses, one whenever a document on its own leg listens for one.
 */
export type CalleeAnswer =
  | { answers: true; talksForMs: number; afterMs?: number; presses?: string }
  | { answers: false; because: 'busy' | 'no-answer' | 'failed' };

/** Somebody whom the application dials: the telephone at the other end. */
export type Callee = {
  readonly to: string;
  /** What happened on this end of the line; its clock starts when it begins to ring. */
  readonly events: readonly LineEvent[];
  onEvent(listener: (event: LineEvent) => void): () => void;
  decide(answer: CalleeAnswer): void;
  press(key: Key): void;
  hangUp(): void;
};

/** What happens on a line, in order. `at` is the line's own time in milliseconds since dialling. */
export type LineEvent = { at: number } & (
  | { type: 'dialled'; to: string }
  | { type: 'answered' }
  | { type: 'says'; text: string; language: string; voice: string; ms: number }
  | { type: 'plays'; what: string; ms: number }
  | { type: 'pauses'; ms: number }
  /** A key or a word stopped what was being said or played; or what was going on was given up, by who did not call. */
  | { type: 'interrupted' }
  /** The line waits so long for keys, or for speech; sent `again` whenever a key or a sentence starts the timer anew. */
  | { type: 'listens'; digits: number | null; finishOnKey: string; ms: number; again?: true; speech?: 'too' | 'only' }
  /** The line records until so long a silence, one of these keys, or the longest length; `again` after a sentence. */
  | { type: 'records'; finishOnKey: string; ms: number; again?: true }
  /** `heard` is false for a key that nothing was listening for. */
  | { type: 'key'; key: Key; heard: boolean }
  /** A sentence of the caller; `heard` is false when nothing was listening for speech; `meanwhile` silences nothing. */
  | { type: 'callerSays'; text: string; ms: number; heard: boolean; meanwhile?: true }
  | { type: 'requests'; method: 'GET' | 'POST'; url: string }
  /** The application is told of something beside the documents; the call does not wait for it. */
  | { type: 'tells'; method: 'GET' | 'POST'; url: string }
  /** The line rings somebody else, so long at the most; `decided` when what they will do is settled already. */
  | { type: 'dials'; to: string; ms: number; decided?: true }
  /** Somebody has said what they will do, and the matter is settled; the caller hears nothing of that. */
  | { type: 'dialDecided' }
  /** They may talk so long at the most; `whisperedMs` is how long a document was performed before for who answered. */
  | { type: 'dialAnswered'; ms: number; whisperedMs?: number }
  /** Not sent when the caller hangs up in it; `whisperedMs` where who answered was not connected after a document. */
  | { type: 'dialEnded'; status: 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled'; whisperedMs?: number }
  /** The call waits in a queue or for a conference; sent `again` whenever what is played meanwhile begins anew. */
  | { type: 'queued'; where: string; position: number; again?: true }
  /** The call is connected with another one of the same network, or with a conference. */
  | { type: 'connected'; with: string }
  | { type: 'disconnected' }
  | { type: 'message'; from: string; to: string; body: string }
  /** As in the carrier's debugger: its code, a sentence, and the place in the document where there is one. */
  | { type: 'warning'; code: number; message: string; line?: number; column?: number }
  | {
      type: 'ended';
      status: 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled';
      by: 'caller' | 'application' | 'carrier';
    }
);

/** An event as it happens, before the line writes the time on it. */
export type Happening = LineEvent extends infer E ? (E extends LineEvent ? Omit<E, 'at'> : never) : never;

/** A telephone that has dialled: what a hand, a script or a web page does with it. */
export type Telephone = {
  /** The caller's number, and the one that was dialled. */
  readonly from: string;
  readonly to: string;
  press(key: Key): void;
  /** Says a sentence, for a Gather that understands speech or for a recording. */
  speak(sentence: string): void;
  hangUp(): void;
  /** Decides for the other end while a `dials` is pending: for the number named, else for who rings (one may answer). */
  otherEnd(answer: CalleeAnswer, to?: string): void;
  /** The telephones that the application has dialled during this call, in order. */
  readonly callees: readonly Callee[];
  /** Everything that has happened on the line so far. */
  readonly events: readonly LineEvent[];
  /** Calls back on everything that happens from now on; returns how to stop that. */
  onEvent(listener: (event: LineEvent) => void): () => void;
  /** Resolves when the call is over and its last status callback has been sent. */
  readonly ended: Promise<void>;
};
