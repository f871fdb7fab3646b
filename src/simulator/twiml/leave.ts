import type { Verb } from './verb.ts';

/** `<Leave>`: the caller gives up waiting in a queue; anywhere else there is nothing to leave. */
export const leave: Verb = {
  attributes: [],
  nests: [],
  holdsNoText: true,
  async perform(element, leg) {
    if (leg.isQueued) leg.callAway({ because: 'it leaves' });
    else leg.warn(12200, 'Leave: the call is in no queue, and goes on', element);
    return 'on';
  },
};
