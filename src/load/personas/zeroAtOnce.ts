import type { Persona } from './persona.ts';

/** Wants a person, and presses 0 before anything else. */
export const zeroAtOnce: Persona = {
  name: 'presses 0 at once',
  share: 8,
  goes: (caller) => caller.presses('0', { after: caller.dice.between(200, 1_000) }),
};
