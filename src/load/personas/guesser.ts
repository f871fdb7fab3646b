import type { Caller } from '../caller.ts';
import type { Persona } from './persona.ts';

const padded = (number: number, digits: number) => String(number).padStart(digits, '0');

/** A NIK that somebody could have; those of real people end in 0001 or later. */
function inventedNik({ dice }: Caller): string {
  const place = `32${padded(dice.between(1, 79), 2)}${padded(dice.between(1, 40), 2)}`;
  const born = `${padded(dice.between(1, 28), 2)}${padded(dice.between(1, 12), 2)}${padded(dice.between(50, 99), 2)}`;
  return `${place}${born}${padded(dice.between(1, 9_999), 4)}`;
}

async function guessesNiks(caller: Caller): Promise<void> {
  for (let guess = 0; guess < 4; guess++) {
    await caller.typesNumber(inventedNik(caller));
    await caller.confirms();
  }
}

/** Knows a card number, perhaps from a leak, and guesses the end of the NIK. */
async function guessesProofs(caller: Caller): Promise<void> {
  const { dice, victims } = caller;
  const victim = victims[dice.between(0, victims.length - 1)]!;
  await caller.typesNumber(`${victim.cardNumber}#`);
  await caller.confirms();
  for (let guess = 0; guess < 4; guess++) await caller.proves(padded(dice.between(1, 9_999), 4));
}

/** An attacker who guesses, call after call from the same few telephones, at the same few members. */
export const guesser: Persona = {
  name: 'guesses NIKs',
  share: 6,
  telephonesPerThousand: 20,
  async goes(caller) {
    await caller.presses('2', { after: 300 });
    await (caller.dice.inHundred(50) ? guessesNiks(caller) : guessesProofs(caller));
  },
};
