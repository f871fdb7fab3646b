import type { IncomingMessage } from 'node:http';
import { type RequestHandler, Router } from 'express';
import { type Access, isForThisMachine, isFromOwnPage } from './access.ts';
import type { Badges } from './badge.ts';
import { login, type OnRefusal } from './login.ts';

/** What the door of the console knows of the house. */
type DoorParts = {
  access: Exclude<Access, { for: 'nobody' }>;
  badges: Badges;
  publicBaseUrl: string | null;
  onRefusal: OnRefusal;
};

/** The door of the console: where one logs in and out, and who may go further. */
export type Door = {
  login: Router;
  guard: RequestHandler;
  /** Whether a request may have a socket. */
  mayEnter(request: IncomingMessage): boolean;
  /** Whether who was let in with this request may still be here: nobody has logged out meanwhile. */
  mayStay(request: IncomingMessage): boolean;
};

const COOKIE = 'hotline_console';

const badgeIn = ({ headers }: IncomingMessage) =>
  new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]*)`).exec(headers.cookie ?? '')?.[1] ?? '';

const onlyHere = 'The console is open to this machine only: set CONSOLE_PASSWORD.\n';

/** Lets in who may see the console: at this machine everybody, elsewhere who has logged in. */
export function door({ access, badges, publicBaseUrl, onRefusal }: DoorParts): Door {
  const publicUrl = publicBaseUrl === null ? null : new URL(publicBaseUrl);
  const publicHost = publicUrl?.host ?? null;
  const isKnown = (request: IncomingMessage) =>
    access.for === 'password' ? badges.isGood(badgeIn(request)) : isForThisMachine(request);
  const options = {
    httpOnly: true,
    sameSite: 'strict',
    secure: publicUrl?.protocol === 'https:',
    path: publicUrl?.pathname ?? '/',
  } as const;
  const cookie = { name: COOKIE, options, read: badgeIn };
  const loginFor = (password: string) => login({ password, badges, publicHost, cookie, onRefusal });

  return {
    login: access.for === 'password' ? loginFor(access.password) : Router(),
    guard(request, response, next) {
      if (isKnown(request)) return next();
      if (access.for === 'this machine') return void response.status(403).type('txt').send(onlyHere);
      if (request.path === '/') return response.redirect(303, 'login');
      response.status(401).type('txt').send('Log in first.\n');
    },
    mayEnter: (request) => isKnown(request) && isFromOwnPage(request, publicHost),
    mayStay: isKnown,
  };
}
