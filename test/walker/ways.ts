import { placeName } from '../../src/call/call.ts';
import type { Speech } from '../../src/call/flow.ts';
import type { PromptKey } from '../../src/call/turn.ts';
import { type Walk, wayOf } from '../../src/call/way.ts';
import { pictures } from '../../src/desk/pictures.ts';
import type { Moment } from '../../src/walker/moment.ts';
import type { Turn } from '../../src/walker/walk.ts';

/** A turn as it is told afterwards, and the states that the flows really went through, but for those that only hand over. */
export type Walked = { walk: Walk; went: string[] };

const stateOf = (place: string) => place.split(' ')[0]!.split('.').slice(0, 2).join('.');

/**
 * A turn, from what the flows went through in it. Null where nothing was heard of the caller yet. XState tries a flow
 * from its beginning before it goes on from a place: what comes before the place is no part of the turn.
 */
export function walkedWay({ stored }: Moment, { after, taken }: Turn): Walked | null {
  const { state: before } = stored;
  const call = after?.stored.state;
  const from = placeName(before);
  const transitions = taken.filter((name) => name.includes(' '));
  const first = transitions.findIndex((name) => name.startsWith(`${from} `));
  if (!call || call.did === null || first < 0) return null;
  const said = call.said.map(({ prompt }) => prompt);
  const { wanted } = before.place.context.session;
  // Whoever was asked to wait did something before.
  const { did } = call.steps!.findLast((step) => step.did !== 'waited')!;
  const event = did.startsWith('officer') ? 'transferEnded' : did;
  const states = [...transitions.slice(first), placeName(call)].map(stateOf);
  return {
    walk: { from, event, to: placeName(call), said, wanted },
    went: states.filter((state, index) => state !== states[index - 1]),
  };
}

/** The way as it is found on paper, without the states that only hand over. */
export const foundWay = (walk: Walk): string[] => wayOf(pictures, walk).filter((state) => !handsOver(state));

function handsOver(name: string): boolean {
  const [flow, state] = name.split('.');
  return pictures[flow!]!.states.find(({ id }) => id === state)!.kind === 'handover';
}

const wordsOf = (says: readonly Speech[]) => says.flatMap(({ lines }) => lines);

/** What may be said to every question. */
export const saidEverywhere: ReadonlySet<PromptKey> = new Set(
  Object.values(pictures).flatMap(({ arrows }) =>
    arrows.filter(({ everywhere }) => everywhere).flatMap(({ says }) => wordsOf(says)),
  ),
);

/** Each choice of lines, and the states that have it. */
export const choices = Map.groupBy(
  Object.values(pictures).flatMap(({ flow, states }) =>
    states.flatMap(({ id, says }) => says.map(({ lines }) => ({ lines, state: `${flow}.${id}` }))),
  ),
  ({ lines }) => lines.join(),
);

/** Each thing said in a turn, with the choices on the way that it may come from. */
export const saidOf = ({ walk, went }: Walked): { prompt: PromptKey; from: string[] }[] =>
  walk.said!.map((prompt) => ({
    prompt,
    from: [...choices]
      .filter(([, alike]) => alike.some(({ lines, state }) => lines.includes(prompt) && went.includes(state)))
      .map(([choice]) => choice),
  }));
