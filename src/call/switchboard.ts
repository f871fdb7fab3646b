import type { Asker, Enquiries } from '../membership/enquiries.ts';
import { beginCall, beginCallAgain, type Call, continueCall, isCall, placeName, spoken, type Way } from './call.ts';
import type { CallStore } from './callStore.ts';
import type { CallerInput, SpokenTurn } from './turn.ts';

/** A request of the carrier: turn 0 begins the call and has no input. `caller` is '' where the number is withheld. */
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
type SwitchboardParts = Omit<Way, 'enquiries'> & {
  /** The questions about members that may be asked on this occasion. */
  enquiries: (asker: Asker) => Enquiries;
  store: CallStore;
  onTurn: (report: TurnReport) => void;
  clock: () => number;
};

/** What is known of a call: its latest turn, and the call itself where this release wrote it down. */
type Known = { turn: number; call: Call | null };

/** Puts a switchboard together: it finds where a call was, takes its turn, and writes it down before it answers. */
export function createSwitchboard({ store, onTurn, clock, ...parts }: SwitchboardParts): Switchboard {
  async function answerTurn(request: TurnRequest): Promise<SpokenTurn> {
    const began = clock();
    const { callId, turn } = request;
    const stored = await store.load(callId);
    if (stored === 'over') return { say: [], then: { hangUp: true }, nextTurn: turn + 1 };

    const known = stored && { turn: stored.turn, call: isCall(stored.state) ? stored.state : null };
    const repeated = known && turn <= known.turn ? known.call : null;
    const call = repeated ?? (await takeTurn(request, known));
    const answer = spoken(call); // before it is written down: what cannot be said must not become the truth
    // When somebody else was faster, or the caller has hung up meanwhile, look again.
    if (!repeated && !(await store.save(callId, turn, call, known?.turn ?? null))) return answerTurn(request);

    const from = known?.call ? placeName(known.call) : '-';
    const ms = clock() - began;
    onTurn({ call: callId, turn, flow: call.flow, from, to: placeName(call), ms, repeated: repeated !== null });
    return answer;
  }

  /** A call that nobody knows, or not this far, starts again from the menu. */
  async function takeTurn(request: TurnRequest, known: Known | null): Promise<Call> {
    const { callId, caller, turn, input } = request;
    const way = { ...parts, enquiries: parts.enquiries({ caller, callId, turn }) };
    if (known?.call && input && turn === known.turn + 1) return continueCall(way, turn, known.call, input);
    return turn === 0 ? beginCall(way, turn) : beginCallAgain(way, turn);
  }

  return { answer: answerTurn, hangUp: (callId) => store.end(callId) };
}
