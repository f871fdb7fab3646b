import type { AnyFlows } from '../call/transitions.ts';
import { type Failure, failuresOf, type Property } from './failure.ts';
import { ofFacts } from './properties/firstFact.ts';
import { ofFlows } from './properties/flows.ts';
import { ofMenus } from './properties/menus.ts';
import { ofRecordings, type Recordings } from './properties/recordings.ts';
import { ofWays } from './properties/ways.ts';
import { ofWords } from './properties/words.ts';
import type { Walked } from './walk.ts';

/** Everything that is proved of these flows. */
export const properties = (flows: AnyFlows, known: Recordings): readonly Property[] => [
  ...ofFlows(flows),
  ...ofWays,
  ...ofMenus,
  ...ofRecordings(known),
  ...ofWords,
  ...ofFacts,
];

/** What is not as it must be. */
export const faultsIn = (walked: Walked, all: readonly Property[]): Failure[] =>
  all.flatMap((property) => failuresOf(property, walked));
