import express, { type CookieOptions, type Request, type Response, Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { isFromOwnPage } from './access.ts';
import { BADGE_LASTS_MS, type Badges, isSame } from './badge.ts';
import { loginPage, loginPolicy } from './loginPage.ts';

/** What logging in needs: the password, and the cookie in which the browser keeps its badge. */
type LoginParts = {
  password: string;
  badges: Badges;
  publicHost: string | null;
  cookie: { name: string; options: CookieOptions };
};

const QUARTER_OF_AN_HOUR_MS = 15 * 60 * 1_000;
const MOST_WRONG_PASSWORDS = 10;

const ask = (response: Response, status: number, complaint: Parameters<typeof loginPage>[0]) =>
  void response.status(status).set('Cache-Control', 'no-store').type('html').send(loginPage(complaint));

const readPassword = express.urlencoded({ extended: false, limit: '1kb' });

const itsOwnHeaders = helmet({
  contentSecurityPolicy: { useDefaults: false, directives: loginPolicy },
  // Without a word of where it comes from, a browser sends the password from nowhere, and it would be refused.
  referrerPolicy: { policy: 'same-origin' },
});

/** Where one logs in to the console, and out. */
export function login({ password, badges, publicHost, cookie }: LoginParts): Router {
  const notTooOften = rateLimit({
    windowMs: QUARTER_OF_AN_HOUR_MS,
    limit: MOST_WRONG_PASSWORDS,
    skipSuccessfulRequests: true,
    // Behind a proxy all come from one address: then the limit is everybody's.
    validate: { xForwardedForHeader: false },
    handler: (_request, response) => ask(response, 429, 'too often'),
  });
  const isRight = (request: Request) => {
    const given: unknown = request.body?.password;
    return isFromOwnPage(request, publicHost) && typeof given === 'string' && isSame(given, password);
  };

  const router = Router();
  router.use('/login', itsOwnHeaders);
  router.get('/login', (_request, response) => ask(response, 200, null));
  router.post('/login', notTooOften, readPassword, (request, response) => {
    if (!isRight(request)) return ask(response, 401, 'wrong');
    response.cookie(cookie.name, badges.issue(), { ...cookie.options, maxAge: BADGE_LASTS_MS });
    response.redirect(303, './');
  });
  router.post('/logout', (_request, response) => {
    response.clearCookie(cookie.name, cookie.options);
    response.redirect(303, 'login');
  });
  return router;
}
