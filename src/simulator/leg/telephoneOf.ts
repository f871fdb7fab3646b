import type { Telephone } from '../telephone.ts';
import type { Call } from './newCall.ts';

/** The telephone of a call until it has `ended`. Who hangs up before it is answered ends it as `unanswered` says. */
export function telephoneOf(
  { leg, events, onEvent }: Call,
  ended: Promise<void>,
  unanswered: 'busy' | 'no-answer',
): Telephone {
  const { from, to } = leg.facts;
  return {
    from,
    to,
    events,
    onEvent,
    ended,
    press: leg.press,
    speak: leg.speak,
    hangUp: () => leg.end({ status: leg.isAnswered ? 'completed' : unanswered, by: 'caller' }),
    otherEnd: (answer, to) => leg.callees?.decide(answer, to),
    callees: leg.allCallees,
  };
}
