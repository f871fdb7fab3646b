import type { Verb } from './verb.ts';

/** `<Hangup>`: the application ends the call. */
export const hangup: Verb = {
  attributes: [],
  nests: [],
  async perform(_element, leg) {
    leg.answer();
    return { hangUp: 'completed' };
  },
};
