import type { Persona } from './persona.ts';

/** Hears everything in English: how to be active again, the bill, instalments and the account at Bank Mandiri. */
export const inEnglish: Persona = {
  name: 'asks in English',
  share: 6,
  async goes(caller) {
    const { member } = caller;
    await caller.presses('8');
    await caller.presses('3');
    await caller.typesNumber(`${member.cardNumber}#`);
    await caller.confirms();
    if (member.nik === null) return;
    await caller.proves(`${member.nik.slice(-4)}`);
    await caller.hearsOut();
    if (!caller.justHeard('hearBill')) return;
    await caller.presses('1');
    await caller.hearsOut();
    if (caller.justHeard('instalmentsChoice')) {
      await caller.presses('3');
      await caller.presses('*');
    }
    await caller.presses('1');
    await caller.presses('1');
  },
};
