import { register } from '../network.ts';
import type { Callee, CalleeAnswer } from '../telephone.ts';
import type { Party } from '../twiml/parties.ts';
import type { Made } from '../twiml/recording.ts';
import { tonesTime } from '../twiml/tones.ts';
import { reportCallee } from './calleeReport.ts';
import { setFingers } from './fingers.ts';
import { type Leg, newLeg } from './leg.ts';
import { describe, diary } from './newCall.ts';

/** Somebody who is dialled: their own leg, and what they do. */
export type CalleeLeg = {
  leg: Leg;
  callee: Callee;
  answer: CalleeAnswer | null;
  onDecide: (answer: CalleeAnswer) => void;
  /** That of the talk with them, where it is recorded: there when the talk is over. */
  recording: Promise<Made> | null;
  /** The tones that are sent to them and the document that is performed for them alone. */
  prepare(): Promise<void>;
};

/** What a document may do that is performed for the callee alone. */
const whisperVerbs = ['Say', 'Play', 'Pause', 'Gather', 'Redirect', 'Hangup'];

/** The leg of somebody who begins to ring for a caller. */
export function newCallee(caller: Leg, party: Party): CalleeLeg {
  const { leg, events, onEvent } = legOf(caller, party);
  const startedAt = new Date(leg.clock.now());
  register(caller.network, leg.facts.callSid, {
    leg,
    startedAt,
    events,
    direction: 'outbound-dial',
  });
  const self: CalleeLeg = {
    leg,
    answer: caller.otherEnd(party.to),
    onDecide: () => {},
    recording: null,
    callee: {
      to: party.to,
      events,
      onEvent,
      decide: (answer) => self.onDecide(answer),
      press: leg.press,
      hangUp: () => leg.end({ status: 'completed', by: 'caller' }),
    },
    prepare: () => prepare(leg, party, self.answer),
  };
  reportCallee(caller, leg, onEvent, party.status, () => self.recording);
  return self;
}

function legOf(caller: Leg, party: Party) {
  const facts = {
    ...caller.facts,
    callSid: caller.newSid('CA'),
    from: party.callerId ?? caller.facts.from,
    to: party.to,
  };
  const notes = diary(() => leg.now());
  const leg: Leg = newLeg({
    ...partsOf(caller),
    facts,
    courier: caller.newCourier(),
    happen(event) {
      notes.happen(event);
      if (event.type === 'warning') caller.happen(event);
    },
    describe: () => ({ ...describe(facts, leg, 'outbound-dial'), ParentCallSid: caller.facts.callSid }),
  });
  return { leg, events: notes.events, onEvent: notes.onEvent };
}

function partsOf(leg: Leg) {
  const { clock, network, wordsPerMinute, switches, recordedVoice, otherEnd, newCourier, newSid, follow } = leg;
  return { clock, network, wordsPerMinute, switches, recordedVoice, otherEnd, newCourier, newSid, follow };
}

async function prepare(leg: Leg, party: Party, answer: CalleeAnswer | null): Promise<void> {
  if (party.sendDigits) await leg.wait(tonesTime(party.sendDigits), { type: 'plays', what: party.sendDigits, ms: 0 });
  if (!party.whisper) return;
  const typing = setFingers(leg, answer?.answers ? (answer.presses ?? '') : '');
  await leg.follow(leg, { ...party.whisper, form: {} }, { verbs: whisperVerbs });
  typing.abort();
}
