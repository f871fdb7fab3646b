import { callflows } from '../callflows/index.ts';
import { transitionsOf, watchInPlace } from './call/transitions.ts';

/** The names of all transitions of the flows; from now on `note` is told of each when it is taken for the first time. */
export function transitionsTaken(note: (name: string) => void): string[] {
  const all = Object.values(callflows)
    .flatMap(transitionsOf)
    .map(({ name }) => name);
  const untaken = new Set(all);
  watchInPlace(callflows, (name) => untaken.delete(name) && note(name));
  return all;
}
