import type { Persona } from './persona.ts';

/** Hangs up after thirty seconds, wherever the call is. */
export const hangsUpAt30: Persona = {
  name: 'hangs up at 30 s',
  share: 8,
  async goes(caller) {
    const { member } = caller;
    caller.hangsUpAt(30_000);
    await caller.presses('2', { after: 3_000 });
    await caller.typesNumber(`${member.cardNumber}#`, { after: 4_000 });
    await caller.confirms();
    if (member.nik !== null) await caller.proves(member.nik.slice(-4));
  },
};
