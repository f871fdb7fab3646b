import type { Persona } from './persona.ts';

/** Hits the wrong keys: one that the menu does not have, too few digits, a star in the middle, a wrong digit, a wrong proof. */
export const fatFinger: Persona = {
  name: 'fat finger',
  share: 12,
  async goes(caller) {
    const { member, dice } = caller;
    await caller.presses('7');
    await caller.presses('2');
    await caller.typesNumber(`${member.cardNumber.slice(0, dice.between(2, 9))}#`);
    await caller.typesNumber(`${member.cardNumber.slice(0, 11)}77#`);
    await caller.presses('2');
    await caller.typesNumber(`${member.cardNumber.slice(0, dice.between(3, 8))}*${member.cardNumber}#`);
    await caller.confirms();
    if (member.nik === null) return;
    await caller.proves('12#');
    await caller.proves('9999');
    await caller.proves(member.nik.slice(-4));
    await caller.presses('6');
  },
};
