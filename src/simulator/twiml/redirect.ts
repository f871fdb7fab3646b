import { attributes } from './attributes.ts';
import { textIn } from './element.ts';
import type { Verb } from './verb.ts';

/** `<Redirect>`: the call goes on in another document. */
export const redirect: Verb = {
  attributes: ['method'],
  nests: [],
  async perform(element, leg, documentUrl) {
    return { ask: attributes(element, leg).order(textIn(element), documentUrl, 13710) };
  },
};
