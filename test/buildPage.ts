import { buildWherePageIsOld } from '../src/desk/page.ts';

/** The page of the console is built once, before many servers of tests want it at the same time. */
export const setup = buildWherePageIsOld;
