import twilio from 'twilio';
import { onTestFinished } from 'vitest';
import { virtualClock } from '../../src/simulator/clock.ts';
import { network } from '../../src/simulator/network.ts';
import { dial as dialAt } from '../../src/simulator/phone.ts';
import { restApi } from '../../src/simulator/rest.ts';
import type { CalleeAnswer } from '../../src/simulator/telephone.ts';
import { application, desk } from './application.ts';

/** The account of every application of these tests. */
export const accountSid = `AC${'0'.repeat(32)}`;

/** The official client, whose requests to the carrier go to the line instead. */
export function official(url: string, authToken: string) {
  const httpClient = new twilio.RequestClient();
  httpClient.axios.interceptors.request.use((request) => {
    request.url = request.url!.replace('https://api.twilio.com', url);
    return request;
  });
  return twilio(accountSid, authToken, { httpClient });
}

/** An application and a network that it reaches through the REST interface, by the official client. */
export async function office(pickUp?: (to: string) => CalleeAnswer) {
  const clock = virtualClock(Date.UTC(2026, 10, 21));
  const exchange = network({ clock, ...(pickUp && { pickUp }) });
  const api = await restApi(exchange, { ...desk, accountSid, wordsPerMinute: 60 });
  onTestFinished(api.close);
  const client = official(api.url, desk.authToken);
  const app = await application({
    '/voice': '<Response><Say>please wait</Say><Pause length="60"/></Response>',
    '/other': '<Response><Say>something else</Say><Redirect>third</Redirect></Response>',
    '/third': '<Response><Say>and more</Say></Response>',
    '/queue': '<Response><Enqueue action="/left">support</Enqueue></Response>',
    '/agent': '<Response><Dial><Queue>support</Queue></Dial><Pause/></Response>',
    '/left': '<Response/>',
    '/hello': `<Response><Gather numDigits="1" action="/third"><Say>it is your turn</Say></Gather></Response>`,
    '/record': '<Response><Record action="/third"/></Response>',
    '/talk': '<Response><Dial record="record-from-answer-dual" action="/third">+62215550101</Dial></Response>',
    '/told': { status: 204 },
  });
  const dial = (path = '/voice') =>
    dialAt(`${app.url}${path}`, { ...desk, accountSid, wordsPerMinute: 60, network: exchange });
  const sent = (path: string) =>
    app.requests.filter(({ url }) => url === path).map(({ form }) => Object.fromEntries(form));
  return { api, app, client, exchange, clock, dial, sent };
}
