import { type Arrow, isOfficerOrEnd, type Picture, type State } from '../call/picture.ts';
import type { Box, DrawnFlow, DrawnState } from '../console/told.ts';
import { labelOf } from './labelOf.ts';
import { layOutWithin } from './layOut.ts';
import { linesOf } from './line.ts';
import { boxFor, labelFor } from './sizes.ts';

/** All arrows from one state to another as one. */
type Together = { id: string; from: string; to: string; events: string[]; label: string[]; quiet: boolean };

/** A flow with a place for each of its states. */
export async function drawFlow(picture: Picture): Promise<DrawnFlow> {
  const arrows = together(picture);
  const states = picture.states.map((state) => drawn(state, picture, arrows));
  const { width, height, boxes, lines } = await layOutWithin({
    boxes: states.map(({ id, title, note }) => ({ id, ...boxFor(title, note) })),
    arrows: arrows.map((arrow) => ({ ...arrow, label: labelFor(arrow.label) })),
  });
  return {
    flow: picture.flow,
    description: picture.description,
    width,
    height,
    states: states.map((state) => ({ ...state, ...boxes.get(state.id)! })),
    arrows: arrows.map(({ id, ...arrow }) => ({ ...arrow, ...lines.get(id)!, bothWays: false })),
  };
}

function drawn(state: State, { flow, begins }: Picture, arrows: readonly Together[]): Omit<DrawnState, keyof Box> {
  const id = `${flow}.${state.id}`;
  const first = state.id === begins.to;
  return {
    id,
    kind: state.kind,
    ...caption(state),
    first,
    quiet: !first && arrows.every(({ to, quiet }) => to !== id || quiet),
    goTo: state.goTo ?? null,
    says: state.says.map(linesOf),
  };
}

function caption({ id, kind, goTo, digits, service }: State): Pick<DrawnState, 'title' | 'note'> {
  if (kind === 'handover') return { title: goTo ?? 'what was wanted', note: null };
  return { title: id, note: service ?? (digits ? `${digits} digits` : null) };
}

function together({ flow, states, arrows }: Picture): Together[] {
  const apart = arrows.filter(({ everywhere }) => !everywhere);
  const stateOf = (id: string) => states.find((state) => state.id === id)!;
  return [...Map.groupBy(apart, ({ from, to }) => `${from} ${to}`)].map(([id, alike]) => {
    const [{ from, to }] = alike as [Arrow];
    const events = [...new Set(alike.map(({ event }) => event))];
    const toOfficerOrEnd = isOfficerOrEnd(stateOf(to)) && stateOf(from).kind !== 'transfer';
    return {
      id,
      from: `${flow}.${from}`,
      to: `${flow}.${to}`,
      events,
      label: labelOf(alike.map(({ label }) => label)),
      quiet: toOfficerOrEnd || events.every((event) => event === 'key.star'),
    };
  });
}
