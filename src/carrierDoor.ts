import { parse as parseQuery } from 'node:querystring';
import express, { type ErrorRequestHandler, type RequestHandler, type Response } from 'express';
import { BadForm, type Form, signedUrl, verify } from './channels/twilioVoice.ts';
import type { Log } from './log.ts';

/** Why a request is turned away, and with which HTTP status. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const LARGEST_BODY = 64 * 1024;
const FORM = 'application/x-www-form-urlencoded';

/** Any body is read as text, so that one that is too large is told so, whatever it claims to be. */
const readBody = express.text({ type: () => true, limit: LARGEST_BODY });

/** Pairs as they stand in the body. Nothing nests, and no field is lost: the signature covers all of them. */
const formOf = (body: unknown): Form =>
  parseQuery(typeof body === 'string' ? body : '', '&', '=', { maxKeys: 0 }) as Form;

/** The form of a request that the carrier door has let in, by its response, to which Express lets one attach things. */
export function signedForm({ locals }: Response): Form {
  const { form } = locals as { form?: Form };
  if (!form) throw new Error('This route stands outside the carrier door.');
  return form;
}

/** Lets in what the carrier has signed, a form of at most 64 kB, and refuses everything else. */
export function carrierDoor(authToken: string, publicBaseUrl: string): RequestHandler[] {
  const checkSignature: RequestHandler = (request, { locals }, next) => {
    if (!request.is(FORM)) throw new Refused(415, `The body must be ${FORM}.`);
    const signature = request.get('X-Twilio-Signature');
    if (!signature) throw new Refused(400, 'The request is not signed: X-Twilio-Signature is missing.');
    const form = formOf(request.body);
    if (!verify(authToken, signedUrl(publicBaseUrl, request.originalUrl), form, signature))
      throw new Refused(403, 'The signature is wrong: check TWILIO_AUTH_TOKEN and PUBLIC_BASE_URL.');
    locals.form = form;
    next();
  };
  return [readBody, checkSignature];
}

/** What Express refuses by itself, in a line that does not depend on what was sent. */
const unreadable: Record<number, string> = {
  400: 'The request cannot be read.',
  413: 'The body is larger than 64 kB.',
  415: 'The body is in a character set or a compression that is not understood.',
};

function refusal(error: unknown): Refused | null {
  if (error instanceof Refused) return error;
  if (error instanceof BadForm) return new Refused(400, error.message);
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 0;
  return unreadable[status] ? new Refused(status, unreadable[status]) : null;
}

/** Tells whoever was refused why, in one line. Refusals are noted in the log; anything else is a fault of our own. */
export function refusals(log: Log): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error);
    const refused = refusal(error);
    const { status, message } = refused ?? { status: 500, message: 'Something went wrong here.' };
    if (refused) log.note('a request was refused', { status, reason: message });
    else log.trouble('a request failed', error);
    response.status(status).type('text/plain').send(`${message}\n`);
  };
}
