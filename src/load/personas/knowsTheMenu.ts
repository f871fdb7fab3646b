import type { Persona } from './persona.ts';

/** Knows the menu by heart: presses every key before the sentence is over, and hears only the amount and the account. */
export const knowsTheMenu: Persona = {
  name: 'knows the menu by heart',
  share: 22,
  async goes(caller) {
    const { member, dice } = caller;
    const soon = () => ({ after: dice.between(500, 1_500) });
    await caller.presses('2', soon());
    await caller.typesNumber(`${member.cardNumber}#`, soon());
    await caller.confirms(soon());
    if (member.nik === null) return;
    await caller.proves(member.nik.slice(-4), soon());
    await caller.hearsOut();
    if (caller.justHeard('billMenu') || caller.justHeard('hearAccount')) await caller.presses('1');
  },
};
