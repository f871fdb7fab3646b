import type { Dice } from '../membership/dice.ts';
import { usualPatience } from '../simulator/courier/connection.ts';
import type { Exchange } from '../simulator/courier/courier.ts';
import { type Reply, roundTrip } from '../simulator/courier/roundTrip.ts';
import type { Finding } from './judgement.ts';

/** What lies between one call and the server. */
export type Wire = {
  /** Told of every request and its answer. */
  onExchange(exchange: Exchange): void;
  /** Stands around the work of a request; the call waits until it is done. */
  around<T>(work: () => Promise<T>): Promise<T>;
  readonly findings: readonly Finding[];
};

/** A wire on which every request arrives once. */
export const steadyWire = (): Wire => ({ onExchange: () => {}, around: (work) => work(), findings: [] });

/** So many requests of a hundred come a second time, and so many come again when the call has gone on. */
const REPEATED = 15;
const OUT_OF_ORDER = 10;
const MOST_ATTEMPTS = 5;

/**
 * A bad wire: requests come twice and out of order, and wait while the server is away. Whatever the server says to a turn
 * that it has taken already must be what it said last.
 */
export function badWire(dice: Dice, isUp: () => Promise<void>): Wire {
  const findings: Finding[] = [];
  let [before, last]: (Exchange | null)[] = [null, null];

  async function askAgain(exchange: Exchange, expected: Reply | undefined, what: string): Promise<void> {
    const reply = await repeated(exchange);
    if (!expected || 'fault' in reply || reply.body.equals(expected.body)) return;
    findings.push({ kind: 'wrong', what: `${what} was answered otherwise` });
  }

  async function disturb(): Promise<void> {
    if (!last || !goesOn(last) || 'fault' in last.reply) return;
    if (dice.inHundred(REPEATED)) await askAgain(last, last.reply, 'a turn that came twice');
    if (before && dice.inHundred(OUT_OF_ORDER)) await askAgain(before, last.reply, 'a turn that came too late');
  }

  return {
    findings,
    onExchange(exchange) {
      [before, last] = [last, exchange];
    },
    async around(work) {
      for (let attempt = 1; ; attempt++) {
        await isUp();
        const done = await work();
        if (!isLost(done) || attempt === MOST_ATTEMPTS) return disturb().then(() => done);
      }
    },
  };
}

/** Whether the caller was still there: of the end of a call the server is only told. */
const goesOn = ({ form }: Exchange) => ['ringing', 'in-progress'].includes(form.CallStatus ?? '');

/** Whether a request found no server: it is made again, as a proxy does. */
const isLost = (done: unknown) => typeof done === 'object' && done !== null && 'code' in done;

function repeated({ method, url, headers, form }: Exchange): Promise<Awaited<ReturnType<typeof roundTrip>>> {
  const body = method === 'POST' ? new URLSearchParams(form).toString() : null;
  const { connectMs, readMs, totalMs } = usualPatience;
  const mostBytes = () => 64 * 1024;
  return roundTrip({ method, url: new URL(url), headers, body, connectMs, readMs, totalMs, mostBytes });
}
