import type { AnyStateMachine, AnyStateNode } from 'xstate';
import type { FlowContext } from './flow.ts';

type Definition = AnyStateNode['transitions'] extends Map<string, (infer T)[]> ? T : never;

/** A transition of a flow: the state that it leaves, the event, and the states it leads to; `name` tells it apart. */
export type NamedTransition = { name: string; leaves: string; event: string; to: readonly string[] };

type Named = NamedTransition & { definition: Definition };

/** A state and all that stand in it. */
export const nodesBelow = (node: AnyStateNode): AnyStateNode[] => [
  node,
  ...Object.values(node.states).flatMap(nodesBelow),
];

const nameOf = (node: AnyStateNode) => [node.machine.id, ...node.path].join('.');

function named(flow: AnyStateMachine): Named[] {
  return nodesBelow(flow.root).flatMap((node) =>
    [
      ...[...node.transitions].flatMap(([event, all]) => all.map((definition, nth) => ({ event, definition, nth }))),
      ...(node.always ?? []).map((definition, nth) => ({ event: 'always', definition, nth })),
    ].map(({ event, definition, nth }) => ({
      name: `${nameOf(node)} ${event}${nth ? ` (${nth + 1})` : ''}`,
      leaves: nameOf(node),
      event,
      to: (definition.target ?? []).map(nameOf),
      definition: definition as Definition,
    })),
  );
}

/** Every transition of a flow. */
export const transitionsOf = (flow: AnyStateMachine): NamedTransition[] =>
  named(flow).map(({ definition: _, ...transition }) => transition);

/** Every state of a flow, by its name, and those that cannot be left for one inside them. */
export const statesOf = (flow: AnyStateMachine): string[] =>
  nodesBelow(flow.root)
    .filter((node) => node !== flow.root)
    .map(nameOf);

/** Flows by their names. */
export type AnyFlows = Readonly<Record<string, AnyStateMachine>>;

/**
 * Copies of flows that note which transitions they take and which states they enter: each gets a silent action that
 * tells its name. Before a flow begins, XState tries it once on an empty session to have a stand-in; that does not count.
 */
export function watched(flows: AnyFlows, note: (name: string) => void): AnyFlows {
  const copies = Object.entries(flows).map(([name, flow]) => [name, flow.provide({}) as AnyStateMachine] as const);
  const own = Object.fromEntries(copies);
  watchInPlace(own, note);
  return own;
}

/** Has these very flows note where they go, for as long as this process lives. */
export function watchInPlace(flows: AnyFlows, note: (name: string) => void): void {
  for (const flow of Object.values(flows)) {
    for (const { name, definition } of named(flow))
      definition.actions = [...definition.actions, silently(flow.id, name, note)];
    for (const node of nodesBelow(flow.root)) node.entry = [...node.entry, silently(flow.id, nameOf(node), note)];
  }
}

const silently = (flow: string, name: string, note: (name: string) => void) => ({
  type: 'say',
  params: ({ context }: { context: FlowContext }) => {
    if (context.session.greeted || flow === 'mainMenu') note(name);
    return null;
  },
});
