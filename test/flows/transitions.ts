import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { callflows } from '../../callflows/index.ts';
import type { FlowContext } from '../../src/call/flow.ts';

type Named = { name: string; definition: AnyStateNode['transitions'] extends Map<string, (infer T)[]> ? T : never };

const nodesBelow = (node: AnyStateNode): AnyStateNode[] => [node, ...Object.values(node.states).flatMap(nodesBelow)];

function named(flow: AnyStateMachine): Named[] {
  return nodesBelow(flow.root).flatMap((node) =>
    [
      ...[...node.transitions].flatMap(([event, all]) => all.map((definition, nth) => ({ event, definition, nth }))),
      ...(node.always ?? []).map((definition, nth) => ({ event: 'always', definition, nth })),
    ].map(({ event, definition, nth }) => ({ name: `${node.id} ${event}${nth ? ` (${nth + 1})` : ''}`, definition })),
  );
}

/** Every transition of a flow, named after its state and event. */
export const transitionsOf = (flow: AnyStateMachine): string[] => named(flow).map(({ name }) => name);

/**
 * Notes from now on which transitions the flows of this process take: each gets a silent action that writes its name
 * down. Before a flow begins, XState tries it once on an empty session to have a stand-in; that does not count.
 */
export function watchTransitions(): Set<string> {
  const taken = new Set<string>();
  const note =
    (name: string) =>
    ({ context }: { context: FlowContext }) => {
      if (context.session.greeted || name.startsWith('mainMenu')) taken.add(name);
      return null;
    };
  for (const flow of Object.values(callflows))
    for (const { name, definition } of named(flow))
      definition.actions = [...definition.actions, { type: 'say', params: note(name) }];
  return taken;
}
