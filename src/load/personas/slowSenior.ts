import type { Persona } from './persona.ts';

/** A slow senior: hears everything out, types with long pauses, asks to hear it again, and writes the account down. */
export const slowSenior: Persona = {
  name: 'slow senior',
  share: 14,
  keyGapMs: 2_500,
  async goes(caller) {
    const { member } = caller;
    await caller.presses('1');
    await caller.typesNumber(member.nik ?? `${member.cardNumber}#`);
    await caller.confirms();
    if (member.nik === null) return;
    await caller.proves(member.cardNumber.slice(-4));
    await caller.presses('9');
    await caller.hearsOut();
    if (!caller.justHeard('hearBill')) return;
    await caller.presses('1');
    await caller.hearsOut();
    if (!caller.justHeard('billKeys')) return;
    await caller.presses('9');
    await caller.presses('1');
    await caller.presses('9');
    await caller.presses('*');
  },
};
