import { picture } from '../call/picture.ts';
import type { AnyFlows } from '../call/transitions.ts';
import { callers, type Reach } from './acts.ts';
import type { Crew } from './crew.ts';
import { type Walked, type WalkParts, walk } from './walk.ts';

type ExploreParts = Pick<WalkParts, 'most' | 'onProgress'> & { flows: AnyFlows; today: string; reach: Reach };

/** Lets a crew walk through these flows as far as the reach goes. */
export async function explore(crew: Crew, { flows, today, reach, ...parts }: ExploreParts): Promise<Walked> {
  return walk({
    ...parts,
    first: await crew.dial(),
    expand: crew.take,
    atOnce: crew.size,
    tries: { who: callers(today, reach), reach },
    services: servicesOf(flows),
  });
}

/** The states in which a service is asked. */
function servicesOf(flows: AnyFlows): ReadonlySet<string> {
  const names = Object.values(flows).flatMap((flow) =>
    picture(flow)
      .states.filter(({ kind }) => kind === 'service')
      .map(({ id }) => `${flow.id}.${id}`),
  );
  return new Set(names);
}
