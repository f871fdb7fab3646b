import { readAnswer } from '../courier/answer.ts';
import type { Order, Todo } from '../courier/courier.ts';
import { shownUrl } from '../courier/shownUrl.ts';
import { speechTime } from '../sound/speechTime.ts';
import { check } from '../twiml/check.ts';
import type { Element } from '../twiml/element.ts';
import { verbs } from '../twiml/verbs.ts';
import type { Leg, Within } from './leg.ts';
import type { Ending } from './presence.ts';

/** After so many documents in a row in which nothing was heard and nobody waited, they only point at each other. */
const mostDocumentsAtOnce = 100;
/** So often a call may be given another document from outside. */
const mostReplacements = 1_000;
const apology = "We're sorry, an application error has occurred. Goodbye.";
const hungUp: Ending = { status: 'completed', by: 'application' };

/** Performs document after document until the call is over, also those that come by another way than the line. */
export async function performCall(leg: Leg, first: Todo, within: Within): Promise<void> {
  let todo: Todo | null = first;
  for (let replaced = 0; todo && !leg.ending; replaced++) {
    if (replaced > mostReplacements)
      return circle(leg, `another document was given ${mostReplacements} times`, todo.url);
    await follow(leg, todo, within);
    todo = leg.away?.because === 'another document' ? leg.away.todo : null;
    leg.comeBack();
  }
  leg.answer();
  leg.end(hungUp);
}

/** Performs documents on a leg until one has no next; answers false when one could not be had. */
export async function follow(leg: Leg, first: Todo, within: Within): Promise<boolean> {
  let todo: Todo | null = first;
  let isFallback = false;
  let documents = { waitedMs: leg.waitedMs, atOnce: 0 };
  while (todo && !leg.isGone) {
    documents =
      leg.waitedMs === documents.waitedMs
        ? { ...documents, atOnce: documents.atOnce + 1 }
        : { waitedMs: leg.waitedMs, atOnce: 1 };
    if (documents.atOnce > mostDocumentsAtOnce) {
      circle(leg, `${mostDocumentsAtOnce} documents in a row and nothing heard`, todo.url);
      return false;
    }
    const step: Step = await perform(leg, todo, within);
    if ('failed' in step && !isFallback && within.fallback) {
      todo = { ...within.fallback, form: { ErrorCode: String(step.failed), ErrorUrl: todo.url } };
      isFallback = true;
    } else if ('failed' in step) {
      if (!within.isAside) await apologise(leg);
      return false;
    } else {
      todo = step.next;
      isFallback = false;
    }
  }
  return true;
}

/** How one document went: where the call goes on, or the error code of a document that could not be had. */
type Step = { next: Order | null } | { failed: number };

async function perform(leg: Leg, todo: Todo, within: Within): Promise<Step> {
  const answer = 'twiml' in todo ? given(todo) : await ask(leg, todo, within);
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
  const performable = check(answer.document, leg.warn, within);
  return { next: await performDocument(leg, performable, answer.url) };
}

function given({ twiml, url }: { twiml: string; url: string }) {
  const reply = { status: 200, headers: { 'content-type': 'text/xml' }, body: Buffer.from(twiml) };
  return readAnswer({ url, reply });
}

/** Asks the application; null when the call went elsewhere before it answered. */
async function ask(leg: Leg, order: Order, within: Within) {
  leg.happen({ type: 'requests', method: order.method, url: order.url });
  const form = { ...leg.describe(), ...within.form?.(), ...order.form };
  const delivery = leg.clock.standStill(() => leg.courier.send({ ...order, form }));
  return unlessGone(leg, delivery.then(readAnswer));
}

/** What comes of a piece of work, or null when the call goes elsewhere before. */
function unlessGone<Result>(leg: Leg, work: Promise<Result>): Promise<Result | null> {
  return new Promise((resolve, reject) => {
    const stay = leg.whenGone(() => resolve(null));
    work.finally(stay).then(resolve, reject);
  });
}

async function performDocument(leg: Leg, todo: Element[], url: string): Promise<Order | null> {
  for (const element of todo) {
    // Only a document that begins with it keeps the call from being taken.
    if (element.name === 'Reject' && element !== todo[0]) leg.answer();
    const next = await verbs.get(element.name)!.perform(element, leg, url);
    if (next === 'on' && !leg.isGone) continue;
    if (next === 'on') return null;
    if ('hangUp' in next) leg.end({ status: next.hangUp, by: 'application' });
    else if (leg.ending) await tellOfTheEnd(leg, next.ask);
    else return next.ask;
    return null;
  }
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
  if (!leg.away) leg.end({ status: 'completed', by: 'carrier' });
}

/** Calls that go on like this would never end. */
function circle(leg: Leg, why: string, url: string): void {
  leg.warn(11215, `${why}, the last from ${shownUrl(url)}: the line ends the call`);
  leg.end({ status: leg.isAnswered ? 'completed' : 'failed', by: 'carrier' });
}
