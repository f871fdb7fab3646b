import { earlyPresser } from './earlyPresser.ts';
import { fatFinger } from './fatFinger.ts';
import { guesser } from './guesser.ts';
import { hangsUpAt30 } from './hangsUpAt30.ts';
import { inEnglish } from './inEnglish.ts';
import { knowsTheMenu } from './knowsTheMenu.ts';
import type { Persona } from './persona.ts';
import { silent } from './silent.ts';
import { slowSenior } from './slowSenior.ts';
import { wrongNumber } from './wrongNumber.ts';
import { zeroAtOnce } from './zeroAtOnce.ts';

/** Everybody who calls in a load test. */
export const personas: readonly Persona[] = [
  knowsTheMenu,
  slowSenior,
  fatFinger,
  silent,
  earlyPresser,
  wrongNumber,
  hangsUpAt30,
  zeroAtOnce,
  inEnglish,
  guesser,
];
