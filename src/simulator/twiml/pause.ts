import { attributes } from './attributes.ts';
import type { Verb } from './verb.ts';

/** `<Pause>`: the line is silent; before anything else was said, it lets the caller hear the ringing for longer. */
export const pause: Verb = {
  attributes: ['length'],
  nests: [],
  holdsNoText: true,
  async perform(element, leg) {
    const ms = attributes(element, leg).whole('length', { least: 1, otherwise: 1, code: 13910 }) * 1_000;
    await leg.wait(ms, { type: 'pauses', ms });
    return 'on';
  },
};
