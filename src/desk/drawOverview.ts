import { firstFlow } from '../../callflows/index.ts';
import { comeFrom, type Pictures } from '../call/way.ts';
import type { Overview } from '../console/told.ts';
import { labelOf } from './labelOf.ts';
import { layOutWithin } from './layOut.ts';
import { boxFor, labelFor } from './sizes.ts';

type Handover = Pick<Overview['arrows'][number], 'from' | 'to' | 'events' | 'label' | 'quiet' | 'bothWays'>;

/** Every flow as one box, and an arrow wherever one hands over to another. */
export async function drawOverview(pictures: Pictures): Promise<Overview> {
  const arrows = withoutReturns(Object.keys(pictures).flatMap((flow) => handovers(pictures, flow)));
  const { width, height, boxes, lines } = await layOutWithin({
    boxes: Object.keys(pictures).map((flow) => ({ id: flow, ...boxFor(flow, null) })),
    arrows: arrows.map(({ from, to, label }) => ({ id: `${from} ${to}`, from, to, label: labelFor(label) })),
  });
  return {
    width,
    height,
    flows: Object.values(pictures).map(({ flow, description }) => ({
      flow,
      description,
      first: flow === firstFlow,
      ...boxes.get(flow)!,
    })),
    arrows: arrows.map((arrow) => ({ ...arrow, ...lines.get(`${arrow.from} ${arrow.to}`)! })),
  };
}

/** The flows that go on after this one. An officer and the menu, near everywhere, are led to from each other alone. */
function handovers(pictures: Pictures, flow: string): Handover[] {
  const { states, arrows } = pictures[flow]!;
  const nearEverywhere = (to: string) => to === 'officer' || to === firstFlow;
  return states
    .filter(({ kind }) => kind === 'handover')
    .flatMap(({ id, goTo }) => (goTo ? [goTo] : comeFrom(pictures, flow)).map((to) => ({ id, to })))
    .filter(({ to }) => !nearEverywhere(to) || nearEverywhere(flow))
    .map(({ id, to }) => {
      const leading = arrows.filter((arrow) => arrow.to === id && arrow.event.startsWith('key.') && !arrow.everywhere);
      return {
        from: flow,
        to,
        events: [...new Set(leading.map(({ event }) => event))],
        label: labelOf(leading.map(({ label }) => label)),
        quiet: nearEverywhere(to),
        bothWays: false,
      };
    });
}

/** An arrow and the one that leads back as one with two tips. */
function withoutReturns(arrows: readonly Handover[]): Handover[] {
  const back = ({ from, to }: Handover) => arrows.findIndex((other) => other.from === to && other.to === from);
  return arrows
    .map((arrow) => ({ ...arrow, bothWays: back(arrow) >= 0 }))
    .filter((arrow, index) => !arrow.bothWays || back(arrow) > index);
}
