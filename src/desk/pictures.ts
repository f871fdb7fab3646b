import { callflows } from '../../callflows/index.ts';
import { picture } from '../call/picture.ts';
import type { Pictures } from '../call/way.ts';

/** Every flow seen from its machine, by its name. */
export const pictures: Pictures = Object.fromEntries(
  Object.entries(callflows).map(([name, flow]) => [name, picture(flow)]),
);
