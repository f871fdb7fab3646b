import type { AnyStateMachine, AnyStateNode } from 'xstate';

/** What every question hears besides, and where misses lead: said once above the diagrams and drawn in none of them. */
const everywhere = new Set(['key.0', 'key.8', 'key.9', 'key.*', 'silence']);
const officersAndEnds = new Set(['withOfficer', 'goodbye']);

const keyNames: Record<string, string> = { star: '*', hash: '#' };

function label(event: string, description: string | undefined): string {
  if (description) return ` : ${description}`;
  if (event === '' || event === 'always') return '';
  const [, key] = /^key\.(.+)$/.exec(event) ?? [];
  if (key) return ` : ${keyNames[key] ?? key}`;
  const [, result] = /^xstate\.(done|error)\./.exec(event) ?? [];
  return ` : ${result ? { done: 'answer', error: 'no answer' }[result] : event}`;
}

const below = (node: AnyStateNode): AnyStateNode[] => [node, ...Object.values(node.states).flatMap(below)];
const topOf = (node: AnyStateNode): AnyStateNode => (node.parent?.parent ? topOf(node.parent) : node);

function arrowsFrom(state: AnyStateNode): string[] {
  // What is heard again on key 9 is everywhere, too.
  const ways = below(state)
    .filter(({ key }) => key !== 'repeating')
    .flatMap((node) => [
      ...[...node.transitions].flatMap(([event, all]) => all.map((way) => ({ ...way, event }))),
      ...(node.always ?? []).map((way) => ({ ...way, event: 'always' })),
    ]);
  return ways
    .filter(({ event }) => !everywhere.has(event))
    .flatMap(({ event, description, target }) =>
      (target ?? []).map((to) => ({ event, description, to: topOf(to).key })),
    )
    .filter(({ to }) => to !== state.key && !officersAndEnds.has(to))
    .map(({ event, description, to }) => `  ${state.key} --> ${to}${label(event, description)}`);
}

/** How a state looks: a question, a service that is asked, a telephone that rings, or the flow that goes on. */
function caption(state: AnyStateNode): string | null {
  const end = state.output as { goTo?: string } | undefined;
  if (end?.goTo) return `➜ ${end.goTo}`;
  if (state.type === 'final') return '➜ what the caller wanted';
  const [service] = state.invoke;
  if (service) return `${state.key} ⚙ ${String(service.src)}`;
  const rest = below(state).find(({ meta }) => meta)?.meta as { listen?: { for: string; digits?: number } } | undefined;
  if (!rest) return null;
  if (!rest.listen) return `${state.key} ☎`;
  return rest.listen.for === 'key' ? `${state.key} ?` : `${state.key} ? ${rest.listen.digits} digits`;
}

/** A flow as a Mermaid diagram: the menu as callers walk it. */
export function diagram(flow: AnyStateMachine): string {
  const states = Object.values(flow.root.states).filter(({ key }) => !officersAndEnds.has(key));
  const captions = states.flatMap((state) => {
    const text = caption(state);
    return text && text !== state.key ? [`  state "${text}" as ${state.key}`] : [];
  });
  const first = flow.root.initial.target[0]!;
  const arrows = [...new Set(states.flatMap(arrowsFrom))];
  return ['stateDiagram-v2', ...captions, `  [*] --> ${topOf(first).key}`, ...arrows].join('\n');
}
