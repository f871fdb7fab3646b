import { type Clock, realClock } from './clock.ts';
import { invented } from './invented.ts';
import type { Bridge } from './leg/bridge.ts';
import type { Leg } from './leg/leg.ts';
import type { Room } from './leg/room.ts';
import { type Recordings, recordings } from './sound/recordings.ts';
import type { CalleeAnswer, LineEvent, Telephone } from './telephone.ts';

/** A text message that an application has sent. */
export type Message = { sid: string; from: string; to: string; body: string; at: Date };

/** A call as the network knows it, while it lasts and for a while after it. */
export type LiveCall = {
  leg: Leg;
  startedAt: Date;
  direction: 'inbound' | 'outbound-api' | 'outbound-dial';
  events: readonly LineEvent[];
};

/** Somebody who waits in a queue, until who calls for them takes them out. */
export type Waiting = { callSid: string; since: number; take(by: Dequeuer): void };

/** Who takes a waiting call: over which bridge, for how long at the most, and what the waiting one hears before. */
export type Dequeuer = {
  callSid: string;
  number: string;
  bridge: Bridge;
  timeLimitMs: number;
  whisper: { url: string; method: 'GET' | 'POST' } | null;
};

/** A queue, in the order of arrival; `calling` are those who dial a queue in which nobody waits yet. */
export type Queue = { name: string; sid: string; waiting: Waiting[]; calling: (() => void)[] };

/** Several calls on one clock that can meet: their queues, conferences, messages and recordings. */
export type Network = {
  readonly clock: Clock;
  /** By CallSid, the oldest first. */
  readonly calls: Map<string, LiveCall>;
  readonly queues: Map<string, Queue>;
  readonly rooms: Map<string, Room>;
  /** The text messages that applications have sent. */
  readonly outbox: Message[];
  readonly recordings: Recordings;
  /** Warnings that belong to no call, as `15003 …`: of what is told about messages. */
  readonly warnings: string[];
  /** What the application is told beside all calls, one after the other. */
  errands: Promise<void>;
  /** The telephones that an application has called through the REST interface, in order. */
  readonly called: Telephone[];
  /** Who is told of each of them as it is called. */
  readonly onCalled: Set<(telephone: Telephone) => void>;
  /** What somebody does who is called through the REST interface; picks up at once by default. */
  readonly pickUp: (to: string) => CalleeAnswer;
};

const mostCallsKept = 10_000;
const mostMessagesKept = 10_000;

/** What can be told about a network before its first call. */
type NetworkOptions = {
  clock?: Clock;
  pickUp?: (to: string) => CalleeAnswer;
  /** Queues that are there already, as those of an account in which calls have waited before. */
  queues?: readonly string[];
};

/** A network for calls that meet; each `dial` that names it in its options joins it. */
export function network(options: NetworkOptions = {}): Network {
  const network: Network = {
    clock: options.clock ?? realClock(),
    calls: new Map(),
    queues: new Map(),
    rooms: new Map(),
    outbox: [],
    warnings: [],
    errands: Promise.resolve(),
    recordings: recordings(),
    called: [],
    onCalled: new Set(),
    pickUp: options.pickUp ?? (() => ({ answers: true, talksForMs: Number.POSITIVE_INFINITY })),
  };
  for (const name of options.queues ?? []) openQueue(network, name, invented(name).sid('QU'));
  return network;
}

/** Makes a queue in which nobody waits. */
export function openQueue({ queues }: Pick<Network, 'queues'>, name: string, sid: string): Queue {
  const queue: Queue = { name, sid, waiting: [], calling: [] };
  queues.set(name, queue);
  return queue;
}

/** Enters a call into the network's book; the oldest calls that are over are forgotten when it is full. */
export function register({ calls }: Network, sid: string, call: LiveCall): void {
  if (calls.size >= mostCallsKept) for (const [old, { leg }] of calls) if (leg.ending) calls.delete(old);
  calls.set(sid, call);
}

/** Puts a telephone that an application has called with the others. */
export function enlist({ called, onCalled }: Network, telephone: Telephone): void {
  called.push(telephone);
  for (const tell of [...onCalled]) tell(telephone);
}

/** Puts a message into the outbox, where the tester sees it. */
export function post({ outbox }: Network, message: Message): void {
  if (outbox.length >= mostMessagesKept) outbox.shift();
  outbox.push(message);
}
