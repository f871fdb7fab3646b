import type { DialOptions } from '../line.ts';
import { usualSwitches } from '../switches.ts';
import { usualPatience } from './connection.ts';
import { type Courier, courier } from './courier.ts';

/** The courier that these options ask for, in the time of a clock; `warn` is told of what an address cannot have. */
export function courierFor(
  { authToken, patience, rewrite = {}, switches, onExchange }: DialOptions,
  now: () => number,
  warn: (code: number, message: string) => void,
): Courier {
  const { redirect307 } = { ...usualSwitches, ...switches };
  return courier({
    authToken,
    patience: { ...usualPatience, ...patience },
    rewrite,
    redirect307,
    now,
    warn,
    ...(onExchange && { onExchange }),
  });
}
