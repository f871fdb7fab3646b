import type { Language, PromptKey } from '../../prompts/prompts.ts';

export type { Language, PromptKey };

/** The twelve keys of a telephone; `*` and `#` by their names. */
export type Key = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | 'star' | 'hash';

/** What the caller did since we last spoke, in the words of a flow. */
export type CallerEvent =
  | { type: `key.${Key}` }
  | { type: 'number'; digits: string }
  | { type: 'silence' }
  | { type: 'transferEnded'; answered: boolean };

/** What the carrier says the caller did: keys as typed (empty: none), or how a transfer went. */
export type CallerInput = { keys: string; finishedByHash: boolean } | { transferAnswered: boolean };

/** A value in a sentence. Money in whole rupiah, days `YYYY-MM-DD`, months `YYYY-MM`, spoken digits in groups. */
export type Value =
  | number
  | { rupiah: number }
  | { day: string }
  | { month: string }
  | { digits: string; groups: readonly number[] }
  | { key: string };

/** One line of the catalogue and the values that fill its blanks; in another language than the call's, if it says so. */
export type Utterance = { prompt: PromptKey; values?: Record<string, Value>; language?: Language };

/**
 * What we wait for: one key, or a number of at most `digits` digits that may be ended with `#`.
 * Seconds run from the end of speech to the first key, and between two keys.
 */
export type Listen =
  | { for: 'key'; seconds: number }
  | { for: 'number'; digits: number; firstWithin: number; nextWithin: number };

/** The caller is handed to an officer, who has so many seconds to pick up. */
export type Transfer = { to: 'officer'; ringSeconds: number };

/** Where a flow rests between two turns: it listens, or has handed the caller to somebody. */
export type Rest = { listen: Listen } | { transfer: Transfer };

/** How a call rests or ends. */
export type Next = Rest | { hangUp: true };

/** A line of the catalogue in words. */
export type Sentence = { text: string; language: Language };

/**
 * Our side of the conversation as it is spoken; the caller's answer is turn `nextTurn`. Who is asked to wait answers
 * nothing: that turn comes by itself when the sentences have been said.
 */
export type SpokenTurn = { say: readonly Sentence[]; then: Next | { wait: true }; nextTurn: number };
