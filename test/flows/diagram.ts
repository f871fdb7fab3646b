import { isOfficerOrEnd, type Picture, type State } from '../../src/call/picture.ts';

/** How a state looks: a question, a service that is asked, a telephone that rings, or the flow that goes on. */
function caption({ id, kind, goTo, service, digits }: State): string {
  if (kind === 'handover') return `➜ ${goTo ?? 'what the caller wanted'}`;
  if (kind === 'service') return `${id} ⚙ ${service}`;
  if (kind === 'transfer') return `${id} ☎`;
  if (kind === 'question') return `${id} ?`;
  return kind === 'number' ? `${id} ? ${digits} digits` : id;
}

/** A flow as a Mermaid diagram: the menu as callers walk it, without the ways to an officer and out of the call. */
export function diagram({ begins, states, arrows }: Picture): string {
  const drawn = states.filter((state) => !isOfficerOrEnd(state));
  const isDrawn = new Set(drawn.map(({ id }) => id));
  const captions = drawn
    .filter((state) => caption(state) !== state.id)
    .map((state) => `  state "${caption(state)}" as ${state.id}`);
  const ways = arrows
    .filter(({ to, everywhere }) => isDrawn.has(to) && !everywhere)
    .map(({ from, to, label }) => `  ${from} --> ${to}${label && ` : ${label}`}`);
  return ['stateDiagram-v2', ...captions, `  [*] --> ${begins.to}`, ...new Set(ways)].join('\n');
}
