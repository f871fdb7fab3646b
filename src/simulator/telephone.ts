/** The sixteen keys of ITU-T Q.23, of which a telephone has the first twelve. */
export type Key = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '*' | '#' | 'A' | 'B' | 'C' | 'D';

/** What the other end does when the application dials it: picks up and talks for so long, is busy, or lets it ring. */
export type CalleeAnswer = { answers: true; talksForMs: number } | { answers: false; because: 'busy' | 'no-answer' };

/** What happens on a line, in order. `at` is the line's own time in milliseconds since dialling. */
export type LineEvent = { at: number } & (
  | { type: 'dialled'; to: string }
  | { type: 'answered' }
  | { type: 'says'; text: string; language: string; voice: string; ms: number }
  | { type: 'plays'; what: string; ms: number }
  | { type: 'pauses'; ms: number }
  /** A key stopped what was being said or played. */
  | { type: 'interrupted' }
  /** The line waits so long for keys; sent `again` whenever a key starts the timer anew. */
  | { type: 'listens'; digits: number | null; finishOnKey: string; ms: number; again?: true }
  /** `heard` is false for a key that nothing was listening for. */
  | { type: 'key'; key: Key; heard: boolean }
  | { type: 'requests'; method: 'GET' | 'POST'; url: string }
  /** The line rings somebody else, so long at the most; `decided` when what they will do is settled already. */
  | { type: 'dials'; to: string; ms: number; decided?: true }
  | { type: 'dialAnswered' }
  /** Not sent when the caller hangs up in it: then `ended` is the last word. */
  | { type: 'dialEnded'; status: 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled' }
  /** As in the carrier's debugger: its code, a sentence, and the place in the document where there is one. */
  | { type: 'warning'; code: number; message: string; line?: number; column?: number }
  | {
      type: 'ended';
      status: 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled';
      by: 'caller' | 'application' | 'carrier';
    }
);

/** A telephone that has dialled: what a hand, a script or a web page does with it. */
export type Telephone = {
  press(key: Key): void;
  hangUp(): void;
  /** Decides for the other end while a `dials` is pending. */
  otherEnd(answer: CalleeAnswer): void;
  /** Everything that has happened on the line so far. */
  readonly events: readonly LineEvent[];
  /** Calls back on everything that happens from now on; returns how to stop that. */
  onEvent(listener: (event: LineEvent) => void): () => void;
  /** Resolves when the call is over and its last status callback has been sent. */
  readonly ended: Promise<void>;
};
