import en from './en.json' with { type: 'json' };
import id from './id.json' with { type: 'json' };

/** A line that callers can hear. The Indonesian catalogue is the law. */
export type PromptKey = keyof typeof id;

/** Every sentence of the hotline, by language: ICU messages whose blanks flows fill with values. */
export const prompts = { id, en } satisfies Record<string, Record<PromptKey, string>>;

/** The languages that callers may choose. */
export type Language = keyof typeof prompts;
