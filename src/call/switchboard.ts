import type { Enquiries } from '../membership/enquiries.ts';
import { beginCall, type Call, continueCall, placeName, type Way } from './call.ts';
import type { CallStore } from './callStore.ts';
import type { CallerInput, SpokenTurn } from './turn.ts';

/** A request of the carrier: turn 0 begins the call and has no input. */
export type TurnRequest = { callId: string; caller: string; turn: number; input: CallerInput | null };

/** What a turn did, without a word that anybody said or typed. */
export type TurnReport = {
  call: string;
  turn: number;
  flow: string;
  from: string;
  to: string;
  ms: number;
  repeated: boolean;
};

/** Answers calls, turn by turn; the same turn asked again gets the same answer. */
export type Switchboard = {
  answer(request: TurnRequest): Promise<SpokenTurn>;
  hangUp(callId: string): Promise<void>;
};

/** What a switchboard is put together from. `clock` gives milliseconds and serves the reports only. */
export type SwitchboardParts = Omit<Way, 'enquiries'> & {
  /** The questions that a call from this number may ask about members. */
  enquiries: (caller: string) => Enquiries;
  store: CallStore;
  onTurn: (report: TurnReport) => void;
  clock: () => number;
};

/** Puts a switchboard together: it finds where a call was, takes its turn, and writes it down before it answers. */
export function createSwitchboard({ store, onTurn, clock, ...parts }: SwitchboardParts): Switchboard {
  async function answer(request: TurnRequest): Promise<SpokenTurn> {
    const began = clock();
    const way = { ...parts, enquiries: parts.enquiries(request.caller) };
    const known = (await store.load(request.callId)) as { turn: number; state: Call } | null;
    const repeated = known !== null && request.turn <= known.turn;
    const call = repeated ? known.state : await takeTurn(way, known, request);
    if (!repeated && !(await store.save(request.callId, request.turn, call))) return answer(request); // somebody else was faster: we say the same

    const from = known ? placeName(known.state) : '-';
    onTurn({
      call: request.callId,
      turn: request.turn,
      flow: call.flow,
      from,
      to: placeName(call),
      ms: clock() - began,
      repeated,
    });
    return call.spoken;
  }

  /** A call that nobody knows, or not this far, starts again from the menu. */
  async function takeTurn(way: Way, known: { turn: number; state: Call } | null, { callId, turn, input }: TurnRequest) {
    if (known && input && turn === known.turn + 1) return continueCall(way, turn, known.state, input);
    if (known) await store.forget(callId);
    return beginCall(way, turn, way.newSession(), turn === 0 ? [] : [{ prompt: 'weStartAgain' }]);
  }

  return { answer, hangUp: (callId) => store.forget(callId) };
}
