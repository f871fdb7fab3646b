import type { Speech } from './flow.ts';
import type { Arrival, Arrow, Picture } from './picture.ts';
import type { PromptKey } from './turn.ts';

/** Every flow's picture, by its name. */
export type Pictures = Readonly<Record<string, Picture>>;

/** A turn of a call as it is known afterwards. */
export type Walk = {
  /** The name of the place where the call stood, or of the flow alone where it began. */
  from: string;
  /** What the caller did: the type of a `CallerEvent`; without it, anything. */
  event?: string;
  /** The name of the place where the call stands now. */
  to: string;
  /** What was said, where it is known: it tells apart ways that lead to the same place. */
  said?: readonly PromptKey[];
  /** The flow that the caller wanted before the turn, where it is known. */
  wanted?: string;
};

/** How far a walk is: where it stands, how much of what was said was heard, and through which states it went. */
type Step = { flow: string; state: string; place: string; heard: number; way: readonly string[] };

/** What goes on without the caller. */
const passing = new Set(['always', 'answer', 'noAnswer']);

/**
 * The states, as `flow.state`, through which a turn went: by what the caller did, and on through what waits for nobody,
 * the shortest way on which all of it can have been said. No states where there is no such way.
 */
export function wayOf(pictures: Pictures, walk: Walk): string[] {
  const steps = firstSteps(pictures, walk);
  const seen = new Set<string>();
  for (const step of steps) {
    const { flow, place, heard, way } = step;
    if (`${flow}.${place}` === walk.to && heard === (walk.said?.length ?? 0)) return [...way];
    const moment = `${flow}.${place} ${heard}`;
    if (!seen.has(moment)) steps.push(...onward(pictures, walk, step));
    seen.add(moment);
  }
  return [];
}

function firstSteps(pictures: Pictures, walk: Walk): Step[] {
  const [flow, state] = walk.from.split('.');
  const picture = pictures[flow!];
  if (!picture) return [];
  const start = { flow: flow!, state: '', place: '', heard: 0, way: [] };
  if (!state) return [stepTo(walk, start, picture.begins)];
  const here = picture.arrows.filter(({ leaves }) => `${flow}.${leaves}` === walk.from);
  return heardAs(here, walk.event).map((arrow) => stepTo(walk, { ...start, way: [`${flow}.${state}`] }, arrow));
}

/** The arrows that an event takes: a key that none of them names is another key. */
function heardAs(arrows: readonly Arrow[], event: string | undefined): readonly Arrow[] {
  if (!event) return arrows;
  const exact = arrows.filter((arrow) => arrow.event === event);
  return exact.length === 0 && event.startsWith('key.') ? arrows.filter((arrow) => arrow.event === 'key.*') : exact;
}

function onward(pictures: Pictures, walk: Walk, step: Step): Step[] {
  const { states, arrows } = pictures[step.flow]!;
  const { kind, goTo } = states.find(({ id }) => id === step.state)!;
  if (kind === 'handover')
    return (goTo ? [goTo] : walk.wanted ? [walk.wanted] : comeFrom(pictures, step.flow)).map((flow) =>
      stepTo(walk, { ...step, flow }, pictures[flow]!.begins),
    );
  return arrows
    .filter(({ leaves, event }) => leaves === step.place && passing.has(event))
    .map((arrow) => stepTo(walk, step, arrow));
}

/** The flows that lead to this one: what a caller may have wanted who came through it. */
export const comeFrom = (pictures: Pictures, flow: string): string[] =>
  Object.keys(pictures).filter((name) => pictures[name]!.states.some(({ goTo }) => goTo === flow));

function stepTo(walk: Walk, { flow, heard, way }: Step, arrow: Arrival & Partial<Pick<Arrow, 'says'>>): Step {
  const here = `${flow}.${arrow.to}`;
  return {
    flow,
    state: arrow.to,
    place: arrow.enters,
    heard: [...(arrow.says ?? []), ...arrow.saysThen].reduce((index, speech) => after(walk, index, speech), heard),
    way: way.at(-1) === here ? way : [...way, here],
  };
}

/** How much of what was said is heard after this may have been said. */
const after = ({ said }: Walk, heard: number, { lines }: Speech) =>
  said?.[heard] !== undefined && lines.includes(said[heard]) ? heard + 1 : heard;
