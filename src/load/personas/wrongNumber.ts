import type { Persona } from './persona.ts';

/** Meant to call somebody else, and hangs up in the greeting or the menu. */
export const wrongNumber: Persona = {
  name: 'wrong number',
  share: 8,
  async goes(caller) {
    caller.hangsUpAt(caller.dice.between(1_500, 12_000));
  },
};
