import type { Persona } from './persona.ts';

/** Presses as soon as a prompt begins, whatever it says. */
export const earlyPresser: Persona = {
  name: 'early presser',
  share: 10,
  async goes(caller) {
    const { member, dice } = caller;
    const early = () => ({ after: dice.between(50, 400) });
    await caller.presses('1', early());
    await caller.typesNumber(`${member.cardNumber}#`, early());
    await caller.confirms(early());
    if (member.nik === null) return;
    await caller.proves(member.nik.slice(-4));
    await caller.presses('*', early());
    await caller.presses('3', early());
  },
};
