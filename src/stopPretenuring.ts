import { setFlagsFromString } from 'node:v8';

/**
 * From now on V8 takes nothing for long-lived because others made at the same place were. It learns that while a server
 * starts, when most things stay; later it would put what belongs to a single turn among the old, where it keeps young
 * things from being forgotten until all of memory is looked through.
 */
export const stopPretenuring = (): void => setFlagsFromString('--no-allocation-site-pretenuring');
