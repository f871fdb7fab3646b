import type { Order } from '../courier/courier.ts';
import type { Leg } from '../leg/leg.ts';
import type { Codes, Element } from './element.ts';

/** How the document goes on after a verb: with the next one, with another document, or not at all. */
export type Next = 'on' | { ask: Order } | { hangUp: 'completed' | 'busy' | 'no-answer' };

/** What an element may carry and contain; a name as `amazon:*` is all that begin so, the attribute `*` is any. */
export type Grammar = {
  attributes: readonly string[];
  /** What stands in it; without it, whatever may stand around it. */
  nests?: readonly string[];
  /** Those in it that are no verbs themselves. */
  nouns?: Readonly<Record<string, Grammar>>;
  /** The carrier's warning for something inside that may not be there. */
  nestingCode?: number;
  codesInside?: Codes;
  holdsNoText?: true;
};

/** What a verb may carry and contain, and what the line does when it comes to it. */
export type Verb = Grammar & {
  nests: readonly string[];
  /** `documentUrl` is where the document came from: relative addresses start there. */
  perform(element: Element, leg: Leg, documentUrl: string): Promise<Next>;
};
