import type { Patience, RetryReason } from './connection.ts';
import { type Fault, type Outgoing, type Reply, roundTrip } from './roundTrip.ts';
import type { Limits } from './stopwatch.ts';

/** Makes a request, and again as often as patience allows after such troubles as it names; `until` all must be over. */
export async function persist(
  out: Omit<Outgoing, keyof Limits>,
  { retries, retryOn, ...limits }: Patience,
  until: number,
): Promise<Reply | Fault> {
  for (let left = retries; ; left--) {
    const leftMs = Math.max(1, Math.ceil(until - performance.now()));
    const reply = await roundTrip({ ...out, ...limits, leftMs });
    const reason = reasonToRetry(reply);
    if (left <= 0 || !reason || !retryOn.includes(reason) || performance.now() > until - 1) return reply;
  }
}

function reasonToRetry(reply: Reply | Fault): RetryReason | null {
  if ('status' in reply) {
    if (reply.status >= 500) return '5xx';
    return reply.status >= 400 ? '4xx' : null;
  }
  if (reply.fault !== 'connection' && reply.fault !== 'timeout') return null;
  return reply.connected ? 'rt' : 'ct';
}
