import { stateOfSources } from './desk/stateOfSources.ts';

/**
 * A name for how calls go: eight letters made of a hash over the flows and sentences as they stand in their files. The
 * number of a release would not do: it changes with every repair of the plumbing, and not with a sentence that somebody
 * has changed on the spot. This one is another as soon as callers may be led or told otherwise, and the same on every
 * copy that was given the same files; so an operator can tell the calls before a change from those after it. There is no
 * digit in it, since digits in what is kept of a call would be somebody's.
 */
export const flowVersion = (): string =>
  stateOfSources(['callflows', 'prompts'])
    .slice(0, 8)
    .replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)]!);
