import { randomUUID } from 'node:crypto';
import { build, type Histogram } from 'hdr-histogram-js';
import { callRequests } from './callRequests.ts';
import { onTheWire, type RawConnection, rawConnection } from './rawConnection.ts';

/** A server to be measured: what requests to it are signed for and with, and where it listens. */
export type Measured = { url: string; listensAt: string; authToken: string };

/** What one round found: requests a second, how long they took (milliseconds), and how many were answered otherwise than with TwiML. */
export type Round = { perSecond: number; p50ms: number; p99ms: number; requests: number; failed: number };

/** The requests of one call, ready to be sent. */
export type ReadyCall = readonly Buffer[];

/** So many callers at once fill a server. */
const AT_ONCE = 128;

/** Gets calls to this server ready, each one another: signing them would cost the sender more than sending them. */
export function readyCalls({ url, authToken }: Measured): (count: number) => ReadyCall[] {
  let nth = 0;
  const series = randomUUID(); // a database may remember those of an earlier benchmark
  const { host } = new URL(url);
  const ready = () => callRequests(series, nth++, url, authToken).map((request) => onTheWire(request, host));
  return (count) => Array.from({ length: count }, ready);
}

const histogram = () =>
  build({ lowestDiscernibleValue: 1, highestTrackableValue: 60_000_000, numberOfSignificantValueDigits: 3 });

/** As many whole calls as these servers take together in so many seconds, or all that there are. */
export async function fullRound(
  servers: readonly Measured[],
  calls: Iterable<ReadyCall>,
  seconds: number,
): Promise<Round> {
  const times = histogram();
  const counts = { requests: 0, failed: 0 };
  const began = performance.now();
  const next = calls[Symbol.iterator]();
  const caller = async (nth: number) => {
    const connection = connectionTo(servers[nth % servers.length]!);
    while (performance.now() - began < seconds * 1_000) {
      const { value: call, done } = next.next();
      if (done) break;
      for (const request of call) await timed(connection, request, performance.now(), times, counts);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, nth) => caller(nth)));
  return found(times, counts, (performance.now() - began) / 1_000);
}

/** Calls that begin at a steady rate, whether or not those before them are answered: so nobody's waiting is left out. */
export async function steadyRound(
  server: Measured,
  calls: readonly ReadyCall[],
  callsPerSecond: number,
): Promise<Round> {
  const times = histogram();
  const counts = { requests: 0, failed: 0 };
  const free: RawConnection[] = [];
  const began = performance.now();
  const under = calls.map(async (call, nth) => {
    const due = began + (nth / callsPerSecond) * 1_000;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    const connection = openOf(free) ?? connectionTo(server);
    for (const [turn, request] of call.entries())
      await timed(connection, request, turn === 0 ? due : performance.now(), times, counts);
    free.push(connection);
  });
  await Promise.all(under);
  for (const connection of free) connection.close();
  return found(times, counts, (performance.now() - began) / 1_000);
}

/** The connection that was used last and is still open. */
function openOf(free: RawConnection[]): RawConnection | undefined {
  for (let connection = free.pop(); connection; connection = free.pop()) if (connection.isOpen()) return connection;
  return undefined;
}

/** A connection to a server. */
export function connectionTo({ listensAt }: Measured): RawConnection {
  const { hostname, port } = new URL(listensAt);
  return rawConnection(hostname, Number(port));
}

async function timed(
  connection: RawConnection,
  request: Buffer,
  due: number,
  times: Histogram,
  counts: { requests: number; failed: number },
): Promise<void> {
  const { status, body } = await connection.ask(request);
  times.recordValue(Math.max(1, Math.round((performance.now() - due) * 1_000)));
  counts.requests += 1;
  if (status !== 204 && !(status === 200 && body.includes('<Response>'))) counts.failed += 1;
}

const found = (times: Histogram, counts: { requests: number; failed: number }, seconds: number): Round => ({
  perSecond: counts.requests / seconds,
  p50ms: times.getValueAtPercentile(50) / 1_000,
  p99ms: times.getValueAtPercentile(99) / 1_000,
  ...counts,
});

/** A figure of a server that answered wrongly is none. */
export function checked(round: Round): Round {
  const { failed, requests } = round;
  if (failed > 0) throw new Error(`${failed} of ${requests} requests were answered otherwise than with TwiML.`);
  return round;
}
