import { talkOver } from '../bridge.ts';
import { tell } from '../errand.ts';
import type { Leg } from '../leg.ts';
import type { Dequeuer, Queue, Waiting } from '../network.ts';
import { attributes } from './attributes.ts';
import { type Element, textIn } from './element.ts';
import { hold, noticeVerbs, queueVerbs } from './hold.ts';
import { longestQueue, longestQueueName, queueNamed } from './queue.ts';
import type { Next, Verb } from './verb.ts';

/** `<Enqueue>`: the caller waits in a queue until another call takes them, or they have waited enough. */
export const enqueue: Verb = {
  attributes: ['action', 'method', 'maxQueueSize', 'waitUrl', 'waitUrlMethod', 'workflowSid'],
  nests: ['Task'],
  async perform(element, leg, documentUrl) {
    leg.answer();
    const read = attributes(element, leg);
    if (read.text('workflowSid'))
      leg.warn(12200, 'Enqueue: workflowSid is not simulated, the queue is like every other', element);
    const most = read.whole('maxQueueSize', { least: 1, most: longestQueue, otherwise: longestQueue, code: 12200 });
    const name = queueName(element, leg);
    const queue = queueNamed(leg, name ?? '');
    const since = leg.clock.now();
    const isFull = queue.waiting.length >= most;
    if (isFull) leg.warn(14207, `Enqueue: The targeted queue reached max queue size, ${most}`, element);
    const result =
      name === null ? 'error' : isFull ? 'queue-full' : await waitIn(queue, most, element, leg, documentUrl);
    const time = seconds(leg.clock.now() - since);
    const form = { QueueResult: result, QueueSid: queue.sid, QueueTime: time };
    return next(element, leg, documentUrl, form);
  },
};

function queueName(element: Element, leg: Leg): string | null {
  const name = textIn(element) || (element.attributes.workflowSid ?? '');
  if (name !== '' && name.length <= longestQueueName) return name;
  const why = name === '' ? 'short' : 'long';
  leg.warn(name === '' ? 14204 : 14205, `Enqueue: Queue name too ${why}`, element);
  return null;
}

type Result = 'bridged' | 'hangup' | 'leave' | 'redirected' | 'redirected-from-bridged' | 'error';

async function waitIn(queue: Queue, most: number, element: Element, leg: Leg, documentUrl: string): Promise<Result> {
  const since = leg.clock.now();
  const taken: { by: Dequeuer | null } = { by: null };
  const self: Waiting = {
    callSid: leg.facts.callSid,
    since,
    take(by) {
      taken.by = by;
      leg.callAway({ because: 'somebody takes the call' });
    },
  };
  queue.waiting.push(self);
  leg.isQueued = true;
  queueMicrotask(() => queue.calling.shift()?.());
  const couldHold = await hold(leg, holdOf(queue, self, most, element, leg, documentUrl));
  leg.isQueued = false;
  queue.waiting = queue.waiting.filter((other) => other !== self);
  queue.waitedMs = [...queue.waitedMs.slice(-99), leg.clock.now() - since];
  return leave(leg, queue, taken.by, couldHold, since);
}

async function leave(leg: Leg, queue: Queue, by: Dequeuer | null, couldHold: boolean, since: number): Promise<Result> {
  if (leg.ending || leg.away?.because === 'another document') by?.bridge.close();
  if (leg.ending) return 'hangup';
  if (leg.away?.because === 'another document') return 'redirected';
  leg.comeBack();
  if (!by) return couldHold ? 'leave' : 'error';
  const form = { QueueSid: queue.sid, QueueTime: seconds(leg.clock.now() - since), DequeingCallSid: by.callSid };
  if (by.whisper) await leg.follow(leg, { ...by.whisper, form: {} }, { verbs: noticeVerbs, form: () => form });
  if (leg.isGone) by.bridge.close();
  else by.bridge.open();
  const hasTalked = (await talkOver(by.bridge, leg, { partner: by.number, ms: by.timeLimitMs })) !== null;
  if (leg.away) return hasTalked ? 'redirected-from-bridged' : 'redirected';
  return leg.ending && !hasTalked ? 'hangup' : 'bridged';
}

function holdOf(queue: Queue, self: Waiting, most: number, element: Element, leg: Leg, documentUrl: string) {
  const waitUrl = element.attributes.waitUrl?.trim();
  const order = attributes(element, leg).order(waitUrl ?? '', documentUrl, 14206, {}, 'waitUrlMethod');
  const position = () => queue.waiting.indexOf(self) + 1;
  const average = queue.waitedMs.reduce((sum, ms) => sum + ms, 0) / Math.max(1, queue.waitedMs.length);
  const form = () => ({
    QueuePosition: String(position()),
    QueueSid: queue.sid,
    QueueTime: seconds(leg.clock.now() - self.since),
    AvgQueueTime: seconds(average),
    CurrentQueueSize: String(queue.waiting.length),
    MaxQueueSize: String(most),
  });
  return {
    where: queue.name,
    url: waitUrl ? order.url : null,
    method: order.method,
    position,
    form,
    verbs: queueVerbs,
  };
}

/** The action goes on with the call, unless another document has taken it: then it is only told. */
function next(element: Element, leg: Leg, documentUrl: string, form: Record<string, string>): Next {
  const action = element.attributes.action;
  if (action === undefined) return 'on';
  const order = attributes(element, leg).order(action, documentUrl, 14201, form);
  if (!leg.away) return { ask: order };
  tell(leg, { ...order, form: { ...leg.describe(), ...form } }, 'Enqueue action');
  return 'on';
}

function seconds(ms: number): string {
  return String(Math.round(ms / 1_000));
}
