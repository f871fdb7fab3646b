import { newBridge, talkOver } from '../leg/bridge.ts';
import type { DialTerms, Meeting } from '../leg/dialling.ts';
import type { Leg } from '../leg/leg.ts';
import { openQueue, type Queue } from '../network.ts';
import { attributes } from './attributes.ts';
import { type Element, textIn } from './element.ts';

/** How many callers may wait in a queue at the most. */
export const longestQueue = 1_000;
/** How long the name of a queue may be. */
export const longestQueueName = 64;

/** The queue of this name; it is made by the first who is to wait in it. */
export function queueNamed({ network, newSid }: Leg, name: string): Queue {
  return network.queues.get(name) ?? openQueue(network, name, newSid('QU'));
}

const nobody = { talkedMs: null, callSid: null };

/** `<Dial><Queue>`: takes whoever has waited longest, or waits until somebody comes. */
export async function dialQueue(
  noun: Element,
  leg: Leg,
  documentUrl: string,
  { timeoutMs, timeLimitMs, hangupOnStar }: DialTerms,
): Promise<Meeting> {
  const name = textIn(noun);
  if (name === '' || name.length > longestQueueName) {
    leg.warn(name === '' ? 14212 : 14213, `Queue: Queue name too ${name === '' ? 'short' : 'long'}`, noun);
    return { status: 'failed', ...nobody };
  }
  const queue = leg.network.queues.get(name);
  if (!queue) {
    leg.warn(12200, `Queue: there is no queue "${name}", the first Enqueue makes it`, noun);
    return { status: 'failed', ...nobody };
  }
  const url = noun.attributes.url?.trim();
  const order = attributes(noun, leg).order(url ?? '', documentUrl, 14210);
  leg.answer();
  await someoneIn(queue, leg, timeoutMs);
  const first = leg.isGone ? undefined : queue.waiting.shift();
  if (!first) return { status: leg.isGone ? 'canceled' : 'no-answer', ...nobody };
  const bridge = newBridge();
  const { callSid, from: number } = leg.facts;
  const talk = talkOver(bridge, leg, { partner: `queue ${queue.name}`, ms: timeLimitMs, hangupOnStar });
  first.take({ callSid, number, bridge, timeLimitMs, whisper: url ? { url: order.url, method: order.method } : null });
  const talkedMs = await talk;
  return { status: talkedMs === null ? 'canceled' : 'completed', talkedMs, callSid: first.callSid };
}

async function someoneIn(queue: Queue, leg: Leg, timeoutMs: number): Promise<void> {
  if (queue.waiting.length > 0) return;
  const wake = () => leg.cutShort();
  queue.calling.push(wake);
  await leg.wait(timeoutMs, { type: 'queued', where: queue.name, position: 0 });
  queue.calling = queue.calling.filter((other) => other !== wake);
}
