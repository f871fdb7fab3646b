import type { DialOptions } from './line.ts';
import { everySwitch, isPosition } from './switches.ts';

/**
 * Refuses what the compiler would have refused, for who writes without one.
 * @throws an Error whose sentence says what to give instead.
 */
export function refuseMistakes({ authToken, switches = {} }: Pick<DialOptions, 'authToken' | 'switches'>): void {
  if (typeof authToken !== 'string' || authToken === '')
    throw new Error('There is no authToken: give the secret that the application checks signatures with.');
  for (const [name, position] of Object.entries(switches))
    if (!isPosition(name, position))
      throw new Error(`There is no switch ${name}=${position}: give some of ${everySwitch}, or none.`);
}
