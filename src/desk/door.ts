import type { IncomingMessage } from 'node:http';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { type Access, isForThisMachine, isFromOwnPage } from './access.ts';
import { BADGE_LASTS_MS, type Badges, isSame } from './badge.ts';
import { loginPage, loginPolicy } from './loginPage.ts';

/** What the door of the console knows of the house. */
type DoorParts = { access: Exclude<Access, { for: 'nobody' }>; badges: Badges; publicBaseUrl: string | null };

/** The door of the console: where one logs in, and whether a request may go further, also one for a socket. */
export type Door = { login: Router; guard: RequestHandler; mayEnter(request: IncomingMessage): boolean };

const COOKIE = 'hotline_console';
const QUARTER_OF_AN_HOUR_MS = 15 * 60 * 1_000;
const MOST_WRONG_PASSWORDS = 10;

const badgeIn = ({ headers }: IncomingMessage) =>
  new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]*)`).exec(headers.cookie ?? '')?.[1] ?? '';

/** Lets in who may see the console: at this machine everybody, elsewhere who has logged in. */
export function door({ access, badges, publicBaseUrl }: DoorParts): Door {
  const publicUrl = publicBaseUrl === null ? null : new URL(publicBaseUrl);
  const isKnown = (request: IncomingMessage) =>
    access.for === 'password' ? badges.isGood(badgeIn(request)) : isForThisMachine(request);
  const cookie = {
    httpOnly: true,
    sameSite: 'strict',
    secure: publicUrl?.protocol === 'https:',
    path: publicUrl?.pathname ?? '/',
  } as const;

  const ask = (response: Response, status: number, complaint: Parameters<typeof loginPage>[0]) =>
    response.status(status).set('Cache-Control', 'no-store').type('html').send(loginPage(complaint));
  const readPassword = express.urlencoded({ extended: false, limit: '1kb' });
  const notTooOften = rateLimit({
    windowMs: QUARTER_OF_AN_HOUR_MS,
    limit: MOST_WRONG_PASSWORDS,
    skipSuccessfulRequests: true,
    // Behind a proxy all come from one address: then the limit is everybody's.
    validate: { xForwardedForHeader: false },
    handler: (_request, response) => void ask(response, 429, 'too often'),
  });

  const login = Router();
  if (access.for === 'password') {
    login.use(
      '/login',
      helmet({
        contentSecurityPolicy: { useDefaults: false, directives: loginPolicy },
        // Without a word of where it comes from, a browser sends the password from nowhere, and it would be refused.
        referrerPolicy: { policy: 'same-origin' },
      }),
    );
    login.get('/login', (_request, response) => void ask(response, 200, null));
    login.post('/login', notTooOften, readPassword, (request: Request, response: Response) => {
      const given: unknown = request.body?.password;
      if (
        !isFromOwnPage(request, publicUrl?.host ?? null) ||
        typeof given !== 'string' ||
        !isSame(given, access.password)
      )
        return void ask(response, 401, 'wrong');
      response.cookie(COOKIE, badges.issue(), { ...cookie, maxAge: BADGE_LASTS_MS });
      response.redirect(303, './');
    });
    login.post('/logout', (_request, response) => {
      response.clearCookie(COOKIE, cookie);
      response.redirect(303, 'login');
    });
  }

  return {
    login,
    guard(request, response, next) {
      if (isKnown(request)) return next();
      if (access.for === 'this machine')
        return void response
          .status(403)
          .type('txt')
          .send('The console is open to this machine only: set CONSOLE_PASSWORD.\n');
      if (request.path === '/') return response.redirect(303, 'login');
      response.status(401).type('txt').send('Log in first.\n');
    },
    mayEnter: (request) => isKnown(request) && isFromOwnPage(request, publicUrl?.host ?? null),
  };
}
