import { createHash, timingSafeEqual } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import express, { type ErrorRequestHandler, type RequestHandler, type Router } from 'express';
import type { z } from 'zod';
import type { Log } from './log.ts';
import { contract } from './membership/contract.ts';
import { inOwnWords } from './membership/inOwnWords.ts';
import { type MembershipService, MembershipUnavailable } from './membership/membership.ts';
import { openApi } from './membership/openApi.ts';
import { Refused } from './refused.ts';

/** Whose members are offered, to whoever has the key, at which address. */
type DoorParts = { members: MembershipService; apiKey: string; url: string; log: Log };

/** The longest question has a tenth of it. */
const LARGEST_QUESTION = 1024;

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Lets in whoever shows the key. How long the comparison takes says nothing about it. */
function onlyWithKey(apiKey: string): RequestHandler {
  const expected = digest(`Bearer ${apiKey}`);
  return (request, response, next) => {
    if (timingSafeEqual(digest(request.get('Authorization') ?? ''), expected)) return next();
    response.set('WWW-Authenticate', 'Bearer');
    throw new Refused(401, 'Authorization must be Bearer and the key of this service.');
  };
}

const onlyJson: RequestHandler = (request, _response, next) => {
  if (!request.is('application/json')) throw new Refused(415, 'The question must be application/json.');
  next();
};

const readQuestion = express.json({ limit: LARGEST_QUESTION });

/** What was asked, as the contract has it. Faults are told by the names of fields, and never by what stood in them. */
function checked<Shape extends z.ZodType>(question: Shape, body: unknown): z.output<Shape> {
  const { data, error } = question.safeParse(body);
  if (!error) return data;
  const faults = error.issues.map(({ path, message }) => `${path.join('.') || 'The question'} ${message}.`);
  throw new Refused(400, faults.join(' '));
}

const only =
  (method: string): RequestHandler =>
  (_request, response) => {
    response.set('Allow', method);
    throw new Refused(405, `Only ${method} is understood here.`);
  };

/** What Express refuses by itself, in a line that does not depend on what was sent. */
const unreadable: Record<number, string> = {
  400: 'The question is not JSON.',
  413: 'The question is larger than 1 kB.',
  415: 'The question is in a character set or a compression that is not understood.',
};

function refusal(error: unknown): Refused | null {
  if (error instanceof Refused) return error;
  if (error instanceof MembershipUnavailable) return new Refused(503, 'Nobody can tell at this moment.');
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 0;
  return unreadable[status] ? new Refused(status, unreadable[status]) : null;
}

/** Tells whoever asked why there is no answer (RFC 9457). */
function problems(log: Log): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error);
    const { status, message: detail } = refusal(error) ?? new Refused(500, 'Something went wrong here.');
    if (status < 500) log.note('a question about members was refused', { level: 'warn', status, reason: detail });
    else log.trouble('a question about members could not be answered', inOwnWords(error));
    const title = STATUS_CODES[status] ?? '';
    response.status(status).type('application/problem+json');
    response.send(JSON.stringify({ type: 'about:blank', title, status, detail }));
  };
}

/** Our own members over HTTP, for the hotlines of others: what is asked and answered stands in the contract. */
export function membershipDoor({ members, apiKey, url, log }: DoorParts): Router {
  const router = express.Router();
  const { findMember, findBill } = contract;
  const before = [onlyWithKey(apiKey), onlyJson, readQuestion];

  /** A question, and its answer with nothing in it that the contract does not name. */
  function answers<Shape extends z.ZodType>(
    { path, question, answer }: { path: string; question: Shape; answer: z.ZodType },
    find: (asked: z.output<Shape>) => Promise<unknown>,
  ): void {
    const reply: RequestHandler = async (request, response) => {
      const found = answer.parse(await find(checked(question, request.body)));
      response.set('Cache-Control', 'no-store').json(found);
    };
    router.route(path).post(before, reply).all(only('POST'));
  }

  answers(findMember, async ({ number }) => ({ member: await members.findMember(number) }));
  answers(findBill, async ({ cardNumber }) => ({ cardNumber, bill: await members.findBill(cardNumber) }));
  const document = openApi(url);
  router
    .route('/openapi.json')
    .get((_request, response) => void response.json(document))
    .all(only('GET'));
  router.use(() => {
    throw new Refused(404, 'There is nothing here: openapi.json says what may be asked.');
  });
  return router.use(problems(log));
}
