import type { Order } from '../courier.ts';
import type { Leg } from '../leg.ts';
import type { Element } from './element.ts';

/** How the document goes on after a verb: with the next one, with another document, or not at all. */
export type Next = 'on' | { ask: Order } | { hangUp: 'completed' | 'busy' | 'no-answer' };

/** What a verb may carry and contain, and what the line does when it comes to it. */
export type Verb = {
  attributes: readonly string[];
  nests: readonly string[];
  /** What those that are no verbs themselves may carry and contain; without it they may what the verb may contain. */
  nouns?: Readonly<Record<string, { attributes: readonly string[]; nests: readonly string[] }>>;
  /** The carrier's warning for something inside that may not be there. */
  nestingCode?: number;
  /** `documentUrl` is where the document came from: relative addresses start there. */
  perform(element: Element, leg: Leg, documentUrl: string): Promise<Next>;
};
