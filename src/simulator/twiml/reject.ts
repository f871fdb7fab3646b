import { attributes } from './attributes.ts';
import type { Verb } from './verb.ts';

/** `<Reject>`: the call is not taken; on a call that was answered already it only ends it. */
export const reject: Verb = {
  attributes: ['reason'],
  nests: ['Parameter'],
  holdsNoText: true,
  async perform(element, leg) {
    const rule = { of: ['rejected', 'busy'], otherwise: 'rejected', code: 13810 } as const;
    const reason = attributes(element, leg).choice('reason', rule);
    if (leg.isAnswered) return { hangUp: 'completed' };
    return { hangUp: reason === 'busy' ? 'busy' : 'no-answer' };
  },
};
