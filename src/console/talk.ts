/** What stays on the telephone's display, in order. */
export type Entry = { kind: 'heard' | 'caller' | 'note' | 'warning'; text: string };

/** What the line is busy with; times are milliseconds of the line, counted from dialling. */
export type Doing =
  | { what: 'dialling' | 'waiting' | 'talking' }
  | { what: 'speaking'; text: string; language: string; since: number; ms: number }
  | { what: 'playing'; text: string; since: number; ms: number }
  | { what: 'pausing'; since: number; ms: number }
  | { what: 'listening'; since: number; until: number; digits: number | null; finishOnKey: string }
  | { what: 'recording'; since: number; until: number; finishOnKey: string }
  | { what: 'inQueue' | 'connected'; text: string }
  | { what: 'ringing'; since: number; until: number; inVain: boolean }
  | { what: 'over'; at: number; status: string; by: 'caller' | 'application' | 'carrier' };

/**
 * The display after something has happened: entries to add, and what the line does now. `at` is line time, `taken` the
 * number of the latest gesture that has reached the line.
 */
export type Display = { at: number; entries: readonly Entry[]; doing: Doing; typed: string; taken: number };

/** One turn as seen from inside: the request as Twilio would send it, the answer, and what the flow remembers, masked. */
export type Inside = {
  method: string;
  url: string;
  headers: Record<string, string>;
  form: Record<string, string>;
  ms: number;
  status: number | null;
  answer: string;
  remembered: unknown;
  /** The turns of the call so far, for the map. */
  steps: readonly ShownStep[];
};

/** One turn of a call on the map: what the caller did, the states passed, where it rests, the sentences heard. */
export type ShownStep = { at: number; did: string; way: readonly string[]; place: string; said: readonly string[] };

/** A call as the list shows it. Times are milliseconds since 1970. */
export type ShownCall = {
  id: string;
  outcome: 'goingOn' | 'officer' | 'contained' | 'abandoned' | 'failed';
  beganAt: number | null;
  endedAt: number | null;
  /** In which language it ended, or goes on, and the version of flows and sentences; null where that is not known. */
  language: string | null;
  flowVersion: string | null;
  steps: readonly ShownStep[];
};

/** What the page's telephone tells the server. Gestures are numbered, so that none is lost and none counts twice. */
export type FromPage =
  | { do: 'call'; from: string | null }
  /** After the connection was lost: which line, and how many of its messages have arrived. */
  | { do: 'resume'; ticket: string; arrived: number; baton: string | null }
  | { do: 'press'; n: number; key: string }
  | { do: 'officer'; n: number; how: 'answers' | 'busy' | 'no-answer' }
  | { do: 'hangUp'; n: number }
  | { do: 'copy' };

/** What the server tells the page's telephone. */
export type ToPage =
  /** A line is in the hand: a new one, the same again, or the same call on a server that was started anew. */
  | { line: { ticket: string; from: string; to: string; is: 'new' | 'resumed' | 'restarted'; gestures: number } }
  | { display: Display }
  | { inside: Inside }
  /** Where the call could be taken up again by another server; nobody else can read it. */
  | { baton: string }
  | { copy: string }
  | { fault: 'gone' | 'not understood' }
  | { alive: true };

/** What the page is told once: invented members to call as, and whether there is something to log out of. */
export type About = {
  numbers: readonly { card: string; nik: string | null; who: string }[];
  canLogOut: boolean;
};
