import type { Reach } from './acts.ts';

/** All there is: every invented member, by card and by NIK, and every key wherever anybody is asked afresh. */
export const everything: Reach = { members: ['20'], andAllOthers: true, byNik: true, thorough: true };

/**
 * What `npm test` walks: one member for each thing that is told, each question's keys once a language. It leaves out
 * the other members, all NIKs but one, who misses and repeats in English, and every key of who comes to a place second.
 */
export const thin: Reach = {
  members: [...'20 21 17 18 23 24 25 26 27 29 30 31 33 35 37 38 40 41 42'.split(' ')],
  andAllOthers: false,
  byNik: false,
  thorough: false,
};
