import type { AnyStateMachine } from 'xstate';
import type { Enquiries } from '../membership/enquiries.ts';
import { endedByCount, type Heard, hear, isHashAlone } from './hear.ts';
import type { Did } from './record.ts';
import type { Session } from './session.ts';
import { beginFlow, type FlowTurn, goOn, type Place, stillHas } from './takeTurn.ts';
import type { CallerEvent, CallerInput, Listen, Next, PromptKey, Rest, SpokenTurn, Utterance } from './turn.ts';
import { inWords } from './words.ts';

/** The shape of what is written down of a call. Another shape gets another number; calls of the old one start again. */
const SHAPE = 1;

/** A call as it is written down after each turn. */
export type Call = {
  shape: typeof SHAPE;
  flow: string;
  place: Place;
  /** What the flow waits for, or how the call ended. */
  rest: Next;
  /** What we said last. */
  said: readonly Utterance[];
  /** What the caller did before it; null when that was no answer to what we asked. */
  did: Did | null;
  /** What we still work on while the caller waits; all else is as it was before. */
  working?: Work;
  /** In the middle of a number that was begun again: its digits so far. */
  typed: string | null;
  /** The caller's last input was a number that ended by itself; a `#` out of habit may come after it. */
  hashMayFollow: boolean;
  nextTurn: number;
};

/** What the caller did in this turn, and how often they have been asked to wait for what comes of it. */
export type Work = { turn: number; input: CallerInput; waits: number };

/** What a call is led through: every flow there is, where a call begins and what it knows then, and what it may ask. */
export type Way = {
  flows: Readonly<Record<string, AnyStateMachine>>;
  firstFlow: string;
  newSession: () => Session;
  enquiries: Enquiries;
};

/** A call never wanders through more flows in one turn; more is a circle of flows, and a fault. */
const MOST_FLOWS_A_TURN = 10;

/** Whether this is a call as this release writes it down. */
export const isCall = (state: unknown): state is Call => (state as Partial<Call> | null)?.shape === SHAPE;

/** A call that begins. */
export const beginCall = (way: Way, turn: number) => begin(way, turn, way.newSession(), []);

/** A call of which nobody knows how far it was. */
export const beginCallAgain = (way: Way, turn: number) => begin(way, turn, way.newSession(), weStartAgain);

const weStartAgain: Utterance[] = [{ prompt: 'weStartAgain' }];

async function begin(way: Way, turn: number, session: Session, before: Utterance[]): Promise<Call> {
  const firstTurn = await beginFlow(flowNamed(way, way.firstFlow), session, way.enquiries);
  return { ...(await throughFlows(way, turn, way.firstFlow, firstTurn, before)), did: 'begins' };
}

/** A call that goes on: what the caller did is heard, and the call walks on to where it rests again. */
export async function continueCall(way: Way, turn: number, call: Call, input: CallerInput): Promise<Call> {
  const nextTurn = turn + 1;
  if ('hangUp' in call.rest) return { ...call, did: null, nextTurn };
  const flow = way.flows[call.flow];
  const place = withNewFields(call.place, way.newSession());
  // A deploy may have removed the state that the call stands in: what the call knows is kept, the caller begins again.
  if (!stillHas(flow, place)) return begin(way, turn, place.context.session, weStartAgain);

  const heard = heardIn(call, call.rest, input);
  const asBefore = { ...call, did: null, hashMayFollow: false, nextTurn };
  if ('again' in heard) return { ...asBefore, typed: null };
  if ('unfinished' in heard) return { ...asBefore, typed: heard.unfinished };
  const after = await throughFlows(way, turn, call.flow, await goOn(flow, place, heard, way.enquiries), []);
  return { ...after, did: didOf(heard), hashMayFollow: endedByCount(call.rest, call.typed ?? '', input) };
}

function heardIn({ hashMayFollow, typed }: Call, rest: Rest, input: CallerInput): Heard {
  const tooLate = hashMayFollow && isHashAlone(input);
  return tooLate ? { again: true } : hear(rest, typed ?? '', input);
}

/** The call as it was, whose caller is asked to wait, once more perhaps, for what comes of this work. */
export function waitingCall(turn: number, call: Call, { waits, ...work }: Work): Call {
  const heard = 'hangUp' in call.rest ? { again: true as const } : heardIn(call, call.rest, work.input);
  const did = waits > 0 ? 'waited' : 'type' in heard ? didOf(heard) : null;
  return { ...call, did, working: { ...work, waits: waits + 1 }, nextTurn: turn + 1 };
}

/** A call whose caller has waited for it. */
export function waitedFor(turn: number, { did, ...call }: Call): Call {
  return { ...call, did: did === 'begins' ? did : 'waited', hashMayFollow: false, nextTurn: turn + 1 };
}

/** What a caller hears who is asked to wait: each line once. */
export const waitingLines: readonly PromptKey[] = ['pleaseWait', 'stillWorking'];

/** What a call says now. */
export const utterancesOf = ({ said, working }: Call): readonly Utterance[] =>
  working ? [{ prompt: waitingLines[working.waits - 1]! }] : said;

const didOf = (event: CallerEvent): Did =>
  event.type === 'transferEnded' ? (event.answered ? 'officerAnswered' : 'officerMissed') : event.type;

/** A call of an older release knows less: what it lacks is as in a new one. */
function withNewFields(place: Place, session: Session): Place {
  const { value, context } = place;
  if (Object.keys(session).every((field) => field in context.session)) return place;
  return { value, context: { ...context, session: { ...session, ...context.session } } };
}

/** Flows hand over to one another until one of them rests or ends the call. */
async function throughFlows(
  way: Way,
  turn: number,
  flow: string,
  first: FlowTurn,
  before: Utterance[],
): Promise<Omit<Call, 'did'>> {
  let [name, flowTurn] = [flow, first];
  const said = [...before, ...flowTurn.say];
  for (let flows = 1; 'goTo' in flowTurn.then; flows++) {
    if (flows === MOST_FLOWS_A_TURN) throw new Error(`flows go round in a circle at ${name}`);
    name = flowTurn.then.goTo;
    flowTurn = await beginFlow(flowNamed(way, name), flowTurn.place.context.session, way.enquiries);
    said.push(...flowTurn.say);
  }
  const { then: rest, place } = flowTurn;
  return { shape: SHAPE, flow: name, place, rest, said, typed: null, hashMayFollow: false, nextTurn: turn + 1 };
}

function flowNamed({ flows }: Way, name: string) {
  const flow = flows[name];
  if (!flow) throw new Error(`no flow is called ${name}: add it to callflows/index.ts`);
  return flow;
}

/** What a call says and waits for now, in words. Throws where a sentence cannot be said. */
export function spoken(call: Call): SpokenTurn {
  const { place, rest, typed, working, nextTurn } = call;
  const say = utterancesOf(call).map((utterance) => inWords(utterance, place.context.session.language));
  if (working) return { say, then: { wait: true }, nextTurn };
  if (typed !== null && 'listen' in rest) return { say: [], then: { listen: listenOn(rest.listen, typed) }, nextTurn };
  return { say, then: rest, nextTurn };
}

/** The line listens on, without a word, for the digits that are still missing. */
function listenOn(listen: Listen, typed: string): Listen {
  if (listen.for === 'key') return listen;
  return { ...listen, digits: listen.digits - typed.length, firstWithin: listen.nextWithin };
}

/** Where a call stands, in words for a log: the flow and its states. */
export const placeName = ({ flow, place }: Call) => `${flow}.${pathOf(place.value)}`;

const pathOf = (value: Place['value'] | undefined): string =>
  typeof value === 'string'
    ? value
    : Object.entries(value ?? {})
        .map(([state, inner]) => `${state}.${pathOf(inner)}`)
        .join('+');
