import { virtualClock } from '../../src/simulator/clock.ts';
import { network } from '../../src/simulator/network.ts';
import { type CallOptions, dial as dialAt } from '../../src/simulator/phone.ts';
import { application, desk } from './application.ts';

/** An application in which callers wait for an agent, and the telephones of one network to call it with. */
export async function hotline(
  enqueue = '<Enqueue action="/left" waitUrl="/wait">support</Enqueue>',
  routes = {},
  queues: string[] = [],
) {
  const app = await application({
    '/voice': `<Response>${enqueue}<Say>after the queue</Say></Response>`,
    '/wait': '<Response><Say>please wait</Say><Pause length="8"/></Response>',
    '/left': '<Response><Say>goodbye</Say></Response>',
    '/agent': '<Response><Dial action="/talked"><Queue url="/announce">support</Queue></Dial></Response>',
    '/announce': '<Response><Say>you are next</Say></Response>',
    '/talked': '<Response><Say>call over</Say></Response>',
    ...routes,
  });
  const exchange = network({ clock: virtualClock(0), queues });
  const dial = (path = '/voice', options: Partial<CallOptions> = {}) =>
    dialAt(`${app.url}${path}`, { ...desk, wordsPerMinute: 60, network: exchange, ...options });
  const sent = (path: string) =>
    app.requests.filter(({ url }) => url === path).map(({ form }) => Object.fromEntries(form));
  return { app, dial, sent, exchange };
}
