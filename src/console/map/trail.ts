import type { ShownStep } from '../talk.ts';

/** Where a call has been: the states passed in its last turn, those of earlier turns, and where it stands. */
export type Trail = { standsAt: string | null; now: ReadonlySet<string>; before: ReadonlySet<string> };

/** An arrow as a trail knows it. */
export const between = (from: string, to: string): string => `${from} ${to}`;

/** The states of the turns so far, and the arrows between them. */
export function trailIn(steps: readonly ShownStep[]): Trail {
  const ways = steps.map(({ way }) => way);
  const marks = (way: readonly string[]) => [...way, ...way.slice(1).map((to, index) => between(way[index]!, to))];
  return {
    standsAt: ways.at(-1)?.at(-1) ?? null,
    now: new Set(marks(ways.at(-1) ?? [])),
    before: new Set(ways.slice(0, -1).flatMap(marks)),
  };
}

/** How something on the map looks: lit by the last turn, passed before, or neither. */
export function lightOf(trail: Trail, mark: string): 'now' | 'before' | 'never' {
  if (trail.now.has(mark)) return 'now';
  return trail.before.has(mark) ? 'before' : 'never';
}
