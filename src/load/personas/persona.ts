import type { Caller } from '../caller.ts';

/** One kind of person who calls: how many of a hundred calls are theirs, and what they do. */
export type Persona = {
  name: string;
  share: number;
  /** They call from one of so many telephones for every thousand calls; without it, each call has its own. */
  telephonesPerThousand?: number;
  /** From one key to the next; three keys a second without it. */
  keyGapMs?: number;
  goes(caller: Caller): Promise<void>;
};
