import type { Persona } from './persona.ts';

/** Says and presses nothing: an officer is called, and where none picks up the call ends by itself. */
export const silent: Persona = {
  name: 'silent',
  share: 6,
  async goes(caller) {
    for (let times = 0; times < 3; times++) await caller.staysQuiet();
  },
};
