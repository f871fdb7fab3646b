import type { AnyStateMachine, AnyStateNode } from 'xstate';
import type { Ending, SayAction, Speech } from './flow.ts';
import { nodesBelow } from './transitions.ts';
import type { Rest } from './turn.ts';

/** What a state is for the caller: asked for a key or a number, a service is asked, an officer is rung, another flow, the end. */
export type Kind = 'question' | 'number' | 'service' | 'transfer' | 'handover' | 'ending' | 'passing';

/** A state of a flow, and what may be said there, in that order. */
export type State = {
  /** As the name of a place begins after the flow's. */
  id: string;
  kind: Kind;
  /** Who is asked, for a service. */
  service?: string;
  /** How many at most, for a number. */
  digits?: number;
  /** The flow that goes on; null: the one that the caller wanted. */
  goTo?: string | null;
  says: readonly Speech[];
};

/** Where one arrives in a state: the place, as the name of a place ends, and what is said on arriving. */
export type Arrival = { to: string; enters: string; saysThen: readonly Speech[] };

/** What leads from one state to another, or back to the same, and what may be said before one arrives. */
export type Arrow = Arrival & {
  from: string;
  /** What the caller did, `answer` or `noAnswer` of a service, or `always`, which waits for nobody. */
  event: string;
  label: string;
  /** Whether every question has it: such arrows are told of once and not drawn. */
  everywhere: boolean;
  /** The place from which it leads. */
  leaves: string;
  says: readonly Speech[];
};

/** A flow as plain data, seen from its machine. */
export type Picture = {
  flow: string;
  description: string;
  begins: Arrival;
  states: readonly State[];
  arrows: readonly Arrow[];
};

/** What every question hears besides. */
const everywhere = new Set(['key.0', 'key.8', 'key.9', 'key.*', 'silence']);

/** Where it is told again, because the caller wants to hear it or says nothing. */
const heardAgain = new Set(['repeating', 'silent']);

/** The flow as it is drawn and walked on paper. */
export function picture(flow: AnyStateMachine): Picture {
  const tops = Object.values(flow.root.states);
  const arrows = tops.flatMap(arrowsFrom);
  const states = tops.map((node) => stateOf(node, arrows));
  const begins = arrival(flow.root.initial.target[0]!);
  return { flow: flow.id, description: flow.config.description ?? '', begins, states, arrows };
}

/** Whether a state only leads to an officer or ends the call, as any question may. */
export const isOfficerOrEnd = ({ kind, goTo }: State) => kind === 'ending' || goTo === 'officer';

const topOf = (node: AnyStateNode): AnyStateNode => (node.parent?.parent ? topOf(node.parent) : node);
const pathOf = (node: AnyStateNode): string => node.path.join('.');
const speeches = (actions: readonly unknown[]): Speech[] =>
  (actions as SayAction[])
    .filter(({ type, lines }) => type === 'say' && lines)
    .map(({ lines, inOtherLanguage }) => ({
      lines: [...new Set(lines)],
      ...(inOtherLanguage && { inOtherLanguage }),
    }));

function stateOf(node: AnyStateNode, arrows: readonly Arrow[]): State {
  const onLeaving = arrows.filter((arrow) => arrow.from === node.key && !arrow.everywhere).flatMap(({ says }) => says);
  const says = [...nodesBelow(node).flatMap(({ entry }) => speeches(entry)), ...onLeaving];
  return { id: node.key, ...lookOf(node), says };
}

function lookOf(node: AnyStateNode): Pick<State, 'kind' | 'service' | 'digits' | 'goTo'> {
  const end = node.output as Ending | (() => Ending) | undefined;
  if (node.type === 'final' && end && 'hangUp' in end) return { kind: 'ending' };
  if (node.type === 'final') return { kind: 'handover', goTo: end && 'goTo' in end ? end.goTo : null };
  const [service] = node.invoke;
  if (service) return { kind: 'service', service: String(service.src) };
  const rest = nodesBelow(node).find(({ meta }) => meta)?.meta as Rest | undefined;
  if (!rest) return { kind: 'passing' };
  if ('transfer' in rest) return { kind: 'transfer' };
  return rest.listen.for === 'key' ? { kind: 'question' } : { kind: 'number', digits: rest.listen.digits };
}

function arrowsFrom(top: AnyStateNode): Arrow[] {
  return nodesBelow(top).flatMap((node) =>
    [
      ...[...node.transitions].flatMap(([event, ways]) => ways.map((way) => ({ ...way, event: eventName(event) }))),
      ...(node.always ?? []).map((way) => ({ ...way, event: 'always' })),
    ].flatMap(({ event, description, target = [], actions }) =>
      target.map((to) => ({
        from: top.key,
        event,
        label: description ?? labelOf(event),
        everywhere: isEverywhere(event, node, to),
        leaves: pathOf(node),
        ...arrival(to),
        says: speeches(actions),
      })),
    ),
  );
}

function arrival(node: AnyStateNode, before: readonly Speech[] = []): Arrival {
  const saysThen = [...before, ...speeches(node.entry)];
  const [inner] = node.initial?.target ?? [];
  return inner ? arrival(inner, saysThen) : { to: topOf(node).key, enters: pathOf(node), saysThen };
}

/** What is heard again, and where misses lead, is everywhere too. */
function isEverywhere(event: string, from: AnyStateNode, to: AnyStateNode): boolean {
  if (everywhere.has(event) || heardAgain.has(from.key) || topOf(from) === topOf(to)) return true;
  const { kind, goTo } = lookOf(to);
  return from.key === 'missed' && (kind === 'ending' || goTo === 'officer');
}

const eventName = (event: string) =>
  event.replace(/^xstate\.done\..*/, 'answer').replace(/^xstate\.error\..*/, 'noAnswer');

const labels: Record<string, string> = { always: '', noAnswer: 'no answer', 'key.star': '*', 'key.hash': '#' };
const labelOf = (event: string) => labels[event] ?? event.replace(/^key\./, '');
