import type { AnyStateMachine } from 'xstate';
import type { Enquiries } from '../membership/enquiries.ts';
import { hear } from './hear.ts';
import type { Session } from './session.ts';
import { beginFlow, type FlowTurn, goOn, type Place, stillHas } from './takeTurn.ts';
import type { CallerInput, Next, SpokenTurn, Utterance } from './turn.ts';

/** A call as it is written down after each turn: where it stands, what it waits for, what was typed so far, what we said. */
export type Call = { flow: string; place: Place; rest: Next; typed: string; spoken: SpokenTurn };

/** What a call is led through: every flow there is, where a call begins and what it knows then, and what it may ask. */
export type Way = {
  flows: Readonly<Record<string, AnyStateMachine>>;
  firstFlow: string;
  newSession: () => Session;
  enquiries: Enquiries;
};

/** A call never wanders through more flows in one turn; more is a circle of flows, and a fault. */
const MOST_FLOWS_A_TURN = 10;

/** A call that begins, or begins again. `before` is said first. */
export async function beginCall(
  way: Way,
  turn: number,
  session: Session = way.newSession(),
  before: Utterance[] = [],
): Promise<Call> {
  return throughFlows(
    way,
    turn,
    way.firstFlow,
    await beginFlow(flowNamed(way, way.firstFlow), session, way.enquiries),
    before,
  );
}

/** A call that goes on: what the caller did is heard, and the call walks on to where it rests again. */
export async function continueCall(way: Way, turn: number, call: Call, input: CallerInput): Promise<Call> {
  const nextTurn = turn + 1;
  if ('hangUp' in call.rest) return { ...call, spoken: { ...call.spoken, nextTurn } };
  const flow = way.flows[call.flow];
  // A deploy may have removed the state that the call stands in: what the call knows is kept, the caller begins again.
  if (!stillHas(flow, call.place))
    return beginCall(way, turn, call.place.context.session, [{ prompt: 'weStartAgain' }]);

  const heard = hear(call.rest, call.typed, input);
  if ('again' in heard) return { ...call, typed: '', spoken: { ...call.spoken, then: call.rest, nextTurn } };
  if ('unfinished' in heard) return listenOn(call, heard.unfinished, nextTurn);
  return throughFlows(way, turn, call.flow, await goOn(flow, call.place, heard, way.enquiries), []);
}

/** Listens on without a word, for the digits that are still missing. */
function listenOn(call: Call, typed: string, nextTurn: number): Call {
  if (!('listen' in call.rest) || call.rest.listen.for !== 'number')
    throw new Error(`${placeName(call)} asks for no number`);
  const { digits, nextWithin } = call.rest.listen;
  const listen = { ...call.rest.listen, digits: digits - typed.length, firstWithin: nextWithin };
  return { ...call, typed, spoken: { ...call.spoken, say: [], then: { listen }, nextTurn } };
}

/** Flows hand over to one another until one of them rests or ends the call. */
async function throughFlows(
  way: Way,
  turn: number,
  name: string,
  flowTurn: FlowTurn,
  before: Utterance[],
): Promise<Call> {
  const say = [...before, ...flowTurn.say];
  for (let flows = 1; 'goTo' in flowTurn.then; flows++) {
    if (flows === MOST_FLOWS_A_TURN) throw new Error(`flows go round in a circle at ${name}`);
    name = flowTurn.then.goTo;
    flowTurn = await beginFlow(flowNamed(way, name), flowTurn.place.context.session, way.enquiries);
    say.push(...flowTurn.say);
  }
  const { then, place } = flowTurn;
  const { language } = place.context.session;
  return { flow: name, place, rest: then, typed: '', spoken: { say, then, language, nextTurn: turn + 1 } };
}

function flowNamed({ flows }: Way, name: string) {
  const flow = flows[name];
  if (!flow) throw new Error(`no flow is called ${name}: add it to callflows/index.ts`);
  return flow;
}

/** Where a call stands, in words for a log: the flow and its states. */
export const placeName = ({ flow, place }: Call) => `${flow}.${pathOf(place.value)}`;

const pathOf = (value: Place['value'] | undefined): string =>
  typeof value === 'string'
    ? value
    : Object.entries(value ?? {})
        .map(([state, inner]) => `${state}.${pathOf(inner)}`)
        .join('+');
