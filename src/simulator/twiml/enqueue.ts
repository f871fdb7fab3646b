import { webAddress } from '../courier/courier.ts';
import { tell } from '../courier/errand.ts';
import { shownUrl } from '../courier/shownUrl.ts';
import { talkOver } from '../leg/bridge.ts';
import type { Leg } from '../leg/leg.ts';
import type { Dequeuer, Queue, Waiting } from '../network.ts';
import { absolute, attributes } from './attributes.ts';
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
    if (name === null) return next(element, leg, documentUrl, { QueueResult: 'error' });
    const queue = queueNamed(leg, name);
    if (queue.waiting.length >= most) {
      leg.warn(14207, `Enqueue: The targeted queue reached max queue size, ${most}`, element);
      return next(element, leg, documentUrl, { QueueResult: 'queue-full' });
    }
    const waitUrl = element.attributes.waitUrl?.trim();
    if (waitUrl && !webAddress(absolute(waitUrl, documentUrl))) {
      leg.warn(14202, `Enqueue: Invalid waitUrl value "${shownUrl(waitUrl)}"`, element);
      return next(element, leg, documentUrl, { QueueResult: 'error' });
    }
    return next(element, leg, documentUrl, await waitIn(queue, most, element, leg, documentUrl));
  },
};

function queueName(element: Element, leg: Leg): string | null {
  const name = textIn(element) || (element.attributes.workflowSid ?? '');
  if (name !== '' && name.length <= longestQueueName) return name;
  const why = name === '' ? 'short' : 'long';
  leg.warn(name === '' ? 14204 : 14205, `Enqueue: Queue name too ${why}`, element);
  return null;
}

async function waitIn(queue: Queue, most: number, element: Element, leg: Leg, documentUrl: string) {
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
  const stay = { QueueSid: queue.sid, QueueTime: seconds(leg.clock.now() - since) };
  return { QueueResult: couldHold ? await leave(leg, taken.by, stay) : 'error', ...stay };
}

type Stay = { QueueSid: string; QueueTime: string };

async function leave(leg: Leg, by: Dequeuer | null, stay: Stay): Promise<string> {
  const hasOtherPlans = leg.ending !== null || leg.away?.because === 'another document';
  if (hasOtherPlans) by?.bridge.close();
  else leg.comeBack();
  const hasTalked = by !== null && !hasOtherPlans && (await meet(leg, by, stay));
  if (leg.away) return hasTalked ? 'redirected-from-bridged' : 'redirected';
  if (leg.ending && !hasTalked) return 'hangup';
  return by ? 'bridged' : 'leave';
}

/** Hears the word before the talk, and talks; false when the two were never connected. */
async function meet(leg: Leg, { whisper, bridge, callSid, number, timeLimitMs }: Dequeuer, stay: Stay) {
  const form = () => ({ ...stay, DequeingCallSid: callSid });
  if (whisper) await leg.follow(leg, { ...whisper, form: {} }, { verbs: noticeVerbs, form });
  if (leg.isGone) bridge.close();
  else bridge.open();
  return (await talkOver(bridge, leg, { partner: number, ms: timeLimitMs })) !== null;
}

function holdOf(queue: Queue, self: Waiting, most: number, element: Element, leg: Leg, documentUrl: string) {
  const waitUrl = element.attributes.waitUrl?.trim();
  const order = attributes(element, leg).order(waitUrl ?? '', documentUrl, 14206, {}, 'waitUrlMethod');
  return {
    where: queue.name,
    url: waitUrl ? order.url : null,
    method: order.method,
    verbs: queueVerbs,
    position: () => queue.waiting.indexOf(self) + 1,
    form: () => ({ ...standing(queue, self, leg.clock.now()), MaxQueueSize: String(most) }),
  };
}

function standing({ sid, waiting }: Queue, self: Waiting, now: number): Record<string, string> {
  const waitedByAll = waiting.reduce((sum, { since }) => sum + now - since, 0);
  return {
    QueuePosition: String(waiting.indexOf(self) + 1),
    QueueSid: sid,
    QueueTime: seconds(now - self.since),
    AvgQueueTime: seconds(waitedByAll / Math.max(1, waiting.length)),
    CurrentQueueSize: String(waiting.length),
  };
}

/** The action goes on with the call, unless another document has taken it: then it is only told. */
function next(element: Element, leg: Leg, documentUrl: string, form: Record<string, string>): Next {
  const action = element.attributes.action;
  if (action === undefined) return 'on';
  const order = attributes(element, leg).order(action, documentUrl, 14201, form);
  if (!leg.away) return { ask: order };
  tell(leg, { ...order, form: { ...leg.describe(), ...form } }, { what: 'Enqueue action' });
  return 'on';
}

function seconds(ms: number): string {
  return String(Math.round(ms / 1_000));
}
