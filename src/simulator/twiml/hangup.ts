import type { Verb } from './verb.ts';

/** `<Hangup>`: the application ends the call. */
export const hangup: Verb = {
  attributes: [],
  nests: [],
  holdsNoText: true,
  async perform(_element, leg) {
    leg.answer();
    return { hangUp: 'completed' };
  },
};
