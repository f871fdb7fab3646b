import { type CallOptions, dial } from '../../src/simulator/phone.ts';
import type { CalleeAnswer } from '../../src/simulator/telephone.ts';
import { application, desk } from './application.ts';

const whisper =
  '<Response><Gather numDigits="1" action="/taken" timeout="4"><Say>a call</Say></Gather><Hangup/></Response>';

/** Dials an application that passes the call on, and tells what was sent about it. */
export async function passOn(dialVerb: string, options: Partial<CallOptions> = {}) {
  const app = await application({
    '/voice': `<Response>${dialVerb}<Say>after the talk</Say></Response>`,
    '/dialled': '<Response><Say>back again</Say></Response>',
    '/whisper': whisper,
    '/taken': '<Response><Say>one moment</Say></Response>',
    '/told': { status: 204 },
  });
  const phone = await dial(`${app.url}/voice`, { ...desk, wordsPerMinute: 60, ...options });
  const sent = (path = '/dialled') =>
    app.requests.filter(({ url }) => url === path).map(({ form }) => Object.fromEntries(form));
  return { app, phone, sent };
}

/** Somebody who picks up and talks for ten seconds. */
export const answers = (more: object = {}): CalleeAnswer => ({ answers: true, talksForMs: 10_000, ...more });
