import express, { type CookieOptions, type Request, type Response, Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { isFromOwnPage } from './access.ts';
import { BADGE_LASTS_MS, type Badges, isSame } from './badge.ts';
import { loginPage, loginPolicy } from './loginPage.ts';

/** Told of who is turned away: with which HTTP status, and why, without a word of what was sent. */
export type OnRefusal = (status: number, reason: string) => void;

/** What logging in needs: the password, and the cookie in which the browser keeps its badge. */
type LoginParts = {
  password: string;
  badges: Badges;
  publicHost: string | null;
  cookie: { name: string; options: CookieOptions; read(request: Request): string };
  onRefusal: OnRefusal;
};

const QUARTER_OF_AN_HOUR_MS = 15 * 60 * 1_000;
const MOST_WRONG_PASSWORDS = 10;

const ask = (response: Response, status: number, complaint: Parameters<typeof loginPage>[0]) =>
  void response.status(status).set('Cache-Control', 'no-store').type('html').send(loginPage(complaint));

const elsewhere = 'A page of somebody else has asked for this.';

const readPassword = express.urlencoded({ extended: false, limit: '1kb' });

const itsOwnHeaders = helmet({
  contentSecurityPolicy: { useDefaults: false, directives: loginPolicy },
  // Without a word of where it comes from, a browser sends the password from nowhere, and it would be refused.
  referrerPolicy: { policy: 'same-origin' },
});

/** Where one logs in to the console, and out. */
export function login({ password, badges, publicHost, cookie, onRefusal }: LoginParts): Router {
  const notTooOften = rateLimit({
    windowMs: QUARTER_OF_AN_HOUR_MS,
    limit: MOST_WRONG_PASSWORDS,
    skipSuccessfulRequests: true,
    // Behind a proxy all come from one address: then the limit is everybody's.
    validate: { xForwardedForHeader: false },
    handler(_request, response) {
      onRefusal(429, 'Too many wrong passwords.');
      ask(response, 429, 'too often');
    },
  });
  const whyNot = (request: Request): string | null => {
    const given: unknown = request.body?.password;
    if (!isFromOwnPage(request, publicHost)) return elsewhere;
    return typeof given === 'string' && isSame(given, password) ? null : 'The password is wrong.';
  };

  const router = Router();
  router.use('/login', itsOwnHeaders);
  router.get('/login', (_request, response) => ask(response, 200, null));
  router.post('/login', notTooOften, readPassword, (request, response) => {
    const reason = whyNot(request);
    if (reason !== null) {
      onRefusal(401, reason);
      return ask(response, 401, 'wrong');
    }
    response.cookie(cookie.name, badges.issue(), { ...cookie.options, maxAge: BADGE_LASTS_MS });
    response.redirect(303, './');
  });
  router.post('/logout', (request, response) => {
    if (!isFromOwnPage(request, publicHost)) {
      onRefusal(403, elsewhere);
      return void response.status(403).type('txt').send(`${elsewhere}\n`);
    }
    badges.revoke(cookie.read(request));
    response.clearCookie(cookie.name, cookie.options);
    response.redirect(303, 'login');
  });
  return router;
}
