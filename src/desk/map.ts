import { waitingLines } from '../call/call.ts';
import type { Picture } from '../call/picture.ts';
import type { Everywhere, MapDrawing } from '../console/told.ts';
import { drawFlow } from './drawFlow.ts';
import { drawOverview } from './drawOverview.ts';
import { linesOf } from './line.ts';
import { pictures } from './pictures.ts';

/** The map of the hotline, laid out: every flow, and how they hand over to one another. */
export async function drawMap(): Promise<MapDrawing> {
  const all = Object.values(pictures);
  return {
    overview: await drawOverview(pictures),
    flows: await Promise.all(all.map(drawFlow)),
    everywhere: [...toldOnce(all), { event: 'waited', says: linesOf({ lines: waitingLines }) }],
  };
}

/** What every question hears besides, with all that may be said to it at one question or another. */
function toldOnce(all: readonly Picture[]): Everywhere[] {
  const arrows = all.flatMap((picture) => picture.arrows).filter(({ everywhere }) => everywhere);
  return [...Map.groupBy(arrows, ({ event }) => event)].map(([event, alike]) => {
    const lines = alike.flatMap(({ says }) => says.flatMap(linesOf));
    return { event, says: [...new Map(lines.map((line) => [line.prompt, line])).values()] };
  });
}
