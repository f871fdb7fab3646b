import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import express, { type RequestHandler, Router } from 'express';
import helmet from 'helmet';
import { WebSocketServer } from 'ws';
import type { RecordedCall } from '../call/switchboard.ts';
import type { About } from '../console/talk.ts';
import type { Access } from './access.ts';
import type { Badges } from './badge.ts';
import { door } from './door.ts';
import { callFeed } from './feed.ts';
import type { OnRefusal } from './login.ts';
import { pageFolder } from './page.ts';
import { shownCall } from './shownCall.ts';
import { type Call, telephones } from './telephones.ts';

/** What the console is made of. */
type DeskParts = {
  access: Exclude<Access, { for: 'nobody' }>;
  badges: Badges;
  onRefusal: OnRefusal;
  /** The address that the world knows the server by, if there is one. */
  publicBaseUrl: string | null;
  recent(most: number): Promise<RecordedCall[]>;
  call: Call;
  /** Members who exist only here. */
  numbersToTry(): About['numbers'];
  /** Settles when the page is built, or cannot be. */
  page: Promise<void>;
};

/** The server's side of the console. */
export type Desk = {
  router: Router;
  /** A page asks for the socket of its telephone. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** A call has begun, gone on or ended. */
  changed(call: RecordedCall): void;
  /** The same on other copies of this server; null when nobody knows which calls. */
  changedElsewhere(callIds: ReadonlySet<string> | null): Promise<void>;
  close(): void;
};

/** What the page may load, and what may hold it: itself, and nobody. */
const pagePolicy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  'base-uri': ["'none'"],
};

const itsOwnHeaders = helmet({
  contentSecurityPolicy: { useDefaults: false, directives: pagePolicy },
  // Without a word of where it comes from, a browser logs out from nowhere, and would be refused.
  referrerPolicy: { policy: 'same-origin' },
});

const LARGEST_MESSAGE = 32 * 1024;

/** The desk at which the console's pages are served: the page, the calls as they change, and their telephones. */
export function createDesk({ access, recent, call, numbersToTry, page, ...parts }: DeskParts): Desk {
  const { login, guard, mayEnter, mayStay } = door({ access, ...parts });
  const feed = callFeed(recent, shownCall);
  const phones = telephones(call);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });

  const isBuilt: RequestHandler = (_request, response, next) => {
    page.then(
      () => next(),
      () => response.status(503).type('txt').send('The page could not be built; the log says why.\n'),
    );
  };
  // Below a root, so that it does not matter what the folders above the checkout are called.
  const file = (name: string): RequestHandler[] => [
    isBuilt,
    (_request, response) => response.set('Cache-Control', 'no-cache').sendFile(name, { root: pageFolder }),
  ];
  const files = (folder: string, options: Parameters<typeof express.static>[1]) =>
    express.static(join(pageFolder, folder), { index: false, redirect: false, ...options });

  const router = Router();
  router.use(login);
  const inside = Router();
  inside.use(guard, itsOwnHeaders);
  inside.get('/', file('index.html'));
  inside.get('/map.json', file('map.json'));
  inside.use('/assets', isBuilt, files('assets', { immutable: true, maxAge: '1y' }));
  inside.get('/about.json', (_request, response) =>
    response.json({ numbers: numbersToTry(), canLogOut: access.for === 'password' } satisfies About),
  );
  inside.get('/calls', (request, response) => feed.follow(response, () => mayStay(request)));
  router.use(inside);

  return {
    router,
    upgrade(request, socket, head) {
      if (URL.parse(request.url ?? '', 'http://here')?.pathname !== '/telephone' || !mayEnter(request))
        return void socket
          .on('error', () => socket.destroy())
          .end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      sockets.handleUpgrade(request, socket, head, (open) => phones.open(open, () => mayStay(request)));
    },
    changed: feed.changed,
    changedElsewhere: feed.changedElsewhere,
    close() {
      feed.close();
      phones.close();
      sockets.close();
    },
  };
}
