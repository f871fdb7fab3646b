import { parse as parseQuery } from 'node:querystring';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { BadForm, type Form, signedUrl, verify } from './channels/twilioVoice.ts';
import { formBody } from './formBody.ts';
import type { Log } from './log.ts';
import { Refused } from './refused.ts';

/** Pairs as they stand in the body. Nothing nests, and no field is lost: the signature covers all of them. */
const formOf = (body: string): Form => parseQuery(body, '&', '=', { maxKeys: 0 }) as Form;

/** The form of a request that the carrier door has let in, by its response, to which Express lets one attach things. */
export function signedForm({ locals }: Response): Form {
  const { form } = locals as { form?: Form };
  if (!form) throw new Error('This route stands outside the carrier door.');
  return form;
}

/** Lets in what the carrier has signed, with any of these tokens, a form of at most 64 kB, and refuses everything else. */
export const carrierDoor =
  (authTokens: readonly string[], publicBaseUrl: string): RequestHandler =>
  async (request, { locals }, next) => {
    const body = await formBody(request);
    const signature = request.get('X-Twilio-Signature');
    if (!signature) throw new Refused(400, 'The request is not signed: X-Twilio-Signature is missing.');
    const form = formOf(body);
    const url = signedUrl(publicBaseUrl, request.originalUrl);
    if (!authTokens.some((token) => verify(token, url, form, signature)))
      throw new Refused(403, 'The signature is wrong: check TWILIO_AUTH_TOKEN and PUBLIC_BASE_URL.');
    locals.form = form;
    next();
  };

/** What Express refuses by itself, on any route, in a line that does not depend on what was sent. */
const unreadable: Record<number, string> = {
  413: 'The body is too large.',
  415: 'The body is in a character set or a compression that is not understood.',
};

function refusal(error: unknown): Refused | null {
  if (error instanceof Refused) return error;
  if (error instanceof BadForm) return new Refused(400, error.message);
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 0;
  const isTheirs = status >= 400 && status < 500;
  return isTheirs ? new Refused(status, unreadable[status] ?? 'The request cannot be read.') : null;
}

/** Tells whoever was refused why, in one line. Refusals are noted in the log; anything else is a fault of our own. */
export function refusals(log: Log): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error);
    const refused = refusal(error);
    const { status, message } = refused ?? { status: 500, message: 'Something went wrong here.' };
    if (refused) log.note('a request was refused', { level: 'warn', status, reason: message });
    else log.trouble('a request failed', error);
    response.status(status).type('text/plain').send(`${message}\n`);
  };
}
