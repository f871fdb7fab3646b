import { LRUCache } from 'lru-cache';
import type { Asker, Enquiries } from '../membership/enquiries.ts';
import {
  beginCall,
  beginCallAgain,
  type Call,
  continueCall,
  isCall,
  placeName,
  spoken,
  type Way,
  waitedFor,
  waitingCall,
  waitingLines,
} from './call.ts';
import type { CallStore } from './callStore.ts';
import { type CallRecord, keptRecord, recordOf, type TracedCall, traced } from './record.ts';
import type { CallerInput, SpokenTurn } from './turn.ts';
import { workUnderway } from './workUnderway.ts';

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
  /** The caller has heard an apology in the place of an answer: when the call ends before another turn, it has failed. */
  apologised(callId: string): void;
  /** The latest calls, so many at the most, the last to have changed first. */
  recent(most: number): Promise<RecordedCall[]>;
};

/** A call and what may be known of it. */
export type RecordedCall = { callId: string; record: CallRecord };

/** Tells, once, when a caller has waited so long for an answer that something must be said; called off by what it answers. */
export type Patience = (isUp: () => void) => () => void;

/** What a switchboard is put together from. `clock` gives milliseconds and serves the reports only. */
type SwitchboardParts = Omit<Way, 'enquiries'> & {
  /** The questions about members that may be asked on this occasion. */
  enquiries: (asker: Asker) => Enquiries;
  store: CallStore;
  patience: Patience;
  onTurn: (report: TurnReport) => void;
  /** Told of every call that begins, goes on or ends. */
  onRecord?: (call: RecordedCall) => void;
  /** Flows in which no caller has been answered yet. */
  onTheWay?: readonly string[];
  /** The version of flows and sentences, for the records. */
  flowVersion?: string | null;
  now: () => Date;
  clock: () => number;
};

/**
 * So many calls that have failed are remembered, by this process alone: what failed is most often the writing down. So
 * where there are several copies, and the end of the call is told to another one, its record knows nothing of it.
 */
const MOST_FAILED = 1_000;

/** What is known of a call: its latest turn, and the call itself where this release wrote it down. */
type Known = { turn: number; call: TracedCall | null };

/** Puts a switchboard together: it finds where a call was, takes its turn, and writes it down before it answers. */
export function createSwitchboard({ store, patience, onTurn, clock, now, ...others }: SwitchboardParts): Switchboard {
  const { onRecord = () => {}, onTheWay = [], flowVersion = null, ...parts } = others;
  const underway = workUnderway<Call>();
  const failed = new LRUCache<string, true>({ max: MOST_FAILED });

  async function answerTurn(request: TurnRequest, isAgain = false): Promise<SpokenTurn> {
    const began = clock();
    const { callId, turn } = request;
    const stored = await store.load(callId, isAgain ? undefined : turn);
    if (stored === 'over') underway.forget(callId);
    if (stored === 'over') return { say: [], then: { hangUp: true }, nextTurn: turn + 1 };

    const known = stored && { turn: stored.turn, call: knownCall(stored.state) };
    const repeated = known && turn <= known.turn ? known.call : null;
    const call = repeated ?? (await takeTurn(request, known));
    const answer = spoken(call); // before it is written down: what cannot be said must not become the truth
    // When somebody else was faster, or the caller has hung up meanwhile, look again.
    if (!repeated && !(await store.save(callId, turn, call, known?.turn ?? null))) return answerTurn(request, true);

    if (!call.working) underway.forget(callId);
    failed.delete(callId);
    if (!repeated) onRecord({ callId, record: recordOf(call, onTheWay, null) });
    const from = known?.call ? placeName(known.call) : '-';
    const ms = clock() - began;
    onTurn({ call: callId, turn, flow: call.flow, from, to: whereTo(call), ms, repeated: repeated !== null });
    return answer;
  }

  const wayOf = (asker: Asker): Way => ({ ...parts, enquiries: parts.enquiries(asker) });

  /** A call that nobody knows, or not this far, starts again from the menu. */
  async function takeTurn(request: TurnRequest, known: Known | null): Promise<TracedCall> {
    const { turn, input } = request;
    const goesOn = () => {
      if (known?.call && input && turn === known.turn + 1) return goOn(request, known.call, input);
      return turn === 0 ? beginCall(wayOf(request), turn) : beginCallAgain(wayOf(request), turn);
    };
    return traced(known?.call ?? null, await goesOn(), now().getTime(), flowVersion);
  }

  /**
   * Where a call takes longer to go on than its caller is patient, they are asked to wait, and the work goes on without
   * them. Who comes back for it finds it here; another copy of this server, or a later one, does the same work again.
   */
  async function goOn({ callId, caller, turn }: TurnRequest, before: TracedCall, input: CallerInput): Promise<Call> {
    const { working: work = { turn, input, waits: 0 }, ...call } = before;
    const way = () => wayOf({ caller, callId, turn: work.turn });
    const begin = () => underway.of(callId, work.turn) ?? continueCall(way(), turn, call, work.input);
    // Who has heard all that can be said while one waits, hears the answer next, however long it takes.
    if (work.waits === waitingLines.length) return waitedFor(turn, await begin());
    const { came, coming } = await inPatience(begin);
    if (came) return work.waits > 0 ? waitedFor(turn, came) : came;
    underway.keep(callId, work.turn, coming);
    return waitingCall(turn, call, work);
  }

  /** What comes of work, or null where the caller would have to wait too long for it; it goes on all the same. */
  async function inPatience<Result>(begin: () => Promise<Result>) {
    const { promise: isUp, resolve } = Promise.withResolvers<null>();
    const callOff = patience(() => resolve(null));
    try {
      const coming = begin();
      return { came: await Promise.race([coming, isUp]), coming };
    } finally {
      callOff();
    }
  }

  async function hangUp(callId: string, isAgain = false): Promise<void> {
    underway.forget(callId);
    const stored = await store.load(callId, isAgain ? undefined : 'end');
    if (stored === 'over') return;
    const call = stored && knownCall(stored.state);
    const end = { at: now().getTime(), failed: failed.has(callId) };
    const record = call || end.failed ? recordOf(call, onTheWay, end) : undefined;
    // Where two are told of it at once, one of them has ended it; and a last turn may have been taken meanwhile.
    if (!(await store.end(callId, record, stored?.turn))) return hangUp(callId, true);
    if (record) onRecord({ callId, record });
  }

  async function recent(most: number): Promise<RecordedCall[]> {
    const calls = await store.recent(most);
    return calls.flatMap((call): RecordedCall[] => {
      const { callId } = call;
      if ('record' in call) return call.record ? [{ callId, record: keptRecord(call.record as CallRecord) }] : [];
      const known = knownCall(call.state);
      return known ? [{ callId, record: recordOf(known, onTheWay, null) }] : [];
    });
  }

  return {
    answer: (request) => answerTurn(request),
    hangUp: (callId) => hangUp(callId),
    apologised: (callId) => void failed.set(callId, true),
    recent,
  };
}

const whereTo = (call: Call) => (call.working ? `${placeName(call)} (asked to wait)` : placeName(call));

/** The call in a stored state; null where another release wrote it down in another shape. */
const knownCall = (state: unknown): TracedCall | null => (isCall(state) ? state : null);
