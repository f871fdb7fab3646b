import type { Settings } from '../config.ts';
import { knownAuthToken } from '../secrets.ts';
import { WrongArguments } from './command.ts';

/**
 * The token that a telephone signs its requests with when the tester names none: that of our own hotline. None is made
 * up: nobody could check what it signs. Throws WrongArguments where there is none.
 */
export function signingToken(settings: Settings): string {
  const token = knownAuthToken(settings);
  if (token === null) throw new WrongArguments('There is no auth token to sign requests with: give --token');
  return token;
}
