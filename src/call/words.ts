import type { Language, Utterance } from './turn.ts';

/** An utterance as a sentence, in its own language or else the call's. */
export declare function inWords(utterance: Utterance, language: Language): { text: string; language: Language };
