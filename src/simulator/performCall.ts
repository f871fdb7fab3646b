import { readAnswer } from './answer.ts';
import type { Order } from './courier.ts';
import type { Ending, Leg } from './leg.ts';
import { shownUrl } from './shownUrl.ts';
import { speechTime } from './speechTime.ts';
import { check } from './twiml/check.ts';
import type { Element } from './twiml/element.ts';
import { verbs } from './twiml/verbs.ts';

/** After so many documents in a row in which nothing was heard and nobody waited, they only point at each other. */
const mostDocumentsAtOnce = 100;
const apology = "We're sorry, an application error has occurred. Goodbye.";
const hungUp: Ending = { status: 'completed', by: 'application' };

/** Performs document after document until the call is over; `fallback` is asked when one cannot be had. */
export async function performCall(leg: Leg, first: Order, fallback: Omit<Order, 'form'> | null): Promise<void> {
  let order: Order | null = first;
  let isFallback = false;
  let documents = { waitedMs: leg.waitedMs, atOnce: 0 };
  while (order && !leg.ending) {
    documents =
      leg.waitedMs === documents.waitedMs
        ? { ...documents, atOnce: documents.atOnce + 1 }
        : { waitedMs: leg.waitedMs, atOnce: 1 };
    if (documents.atOnce > mostDocumentsAtOnce) return circle(leg, order.url);
    const step: Step = await perform(leg, order);
    if ('failed' in step && !isFallback && fallback) {
      order = { ...fallback, form: { ErrorCode: String(step.failed), ErrorUrl: order.url } };
      isFallback = true;
    } else if ('failed' in step) return apologise(leg);
    else {
      order = step.next;
      isFallback = false;
    }
  }
  leg.end(hungUp);
}

/** How one document went: where the call goes on, or the error code of a document that could not be had. */
type Step = { next: Order | null } | { failed: number };

async function perform(leg: Leg, order: Order): Promise<Step> {
  const answer = await ask(leg, order);
  if (!answer) return { next: null };
  if ('code' in answer) {
    leg.warn(answer.code, answer.why, answer.place);
    return { failed: answer.code };
  }
  if ('soundMs' in answer) {
    leg.answer();
    await leg.wait(answer.soundMs, { type: 'plays', what: answer.url, ms: answer.soundMs });
    return { next: null };
  }
  const todo = check(answer.document, leg.warn);
  return { next: await performDocument(leg, todo, answer.url) };
}

/** Asks the application; null when the caller hung up before it answered. */
async function ask(leg: Leg, order: Order) {
  leg.happen({ type: 'requests', method: order.method, url: order.url });
  const form = { ...leg.describe(), ...order.form };
  const delivery = leg.clock.standStill(() => leg.courier.send({ ...order, form }));
  return Promise.race([delivery.then(readAnswer), leg.over.then(() => null)]);
}

async function performDocument(leg: Leg, todo: Element[], url: string): Promise<Order | null> {
  for (const element of todo) {
    const next = await verbs.get(element.name)!.perform(element, leg, url);
    if (next === 'on' && !leg.ending) continue;
    if (next === 'on') return null;
    if ('hangUp' in next) leg.end({ status: next.hangUp, by: 'application' });
    else if (leg.ending) await tellOfTheEnd(leg, next.ask);
    else return next.ask;
    return null;
  }
  leg.answer();
  leg.end(hungUp);
  return null;
}

/** The caller has hung up in a verb whose action wants to know all the same; nobody performs the answer. */
async function tellOfTheEnd(leg: Leg, order: Order): Promise<void> {
  leg.happen({ type: 'requests', method: order.method, url: order.url });
  const form = { ...leg.describe(), ...order.form };
  const told = await leg.clock.standStill(() => leg.courier.send({ ...order, form }));
  if ('code' in told) leg.warn(told.code, told.why);
}

async function apologise(leg: Leg): Promise<void> {
  leg.answer();
  const ms = speechTime(apology, leg.wordsPerMinute);
  await leg.wait(ms, { type: 'says', text: apology, language: 'en-US', voice: 'man', ms });
  leg.end({ status: 'completed', by: 'carrier' });
}

function circle(leg: Leg, url: string): void {
  leg.warn(
    11215,
    `${mostDocumentsAtOnce} documents in a row and nothing heard, the last from ${shownUrl(url)}: the line ends the call`,
  );
  leg.end({ status: leg.isAnswered ? 'completed' : 'failed', by: 'carrier' });
}
