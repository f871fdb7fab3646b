import { createHmac } from 'node:crypto';
import type { Switchboard } from './call/switchboard.ts';
import type { Settings } from './config.ts';
import { sealWith } from './database/seal.ts';
import { accessFor } from './desk/access.ts';
import { badges } from './desk/badge.ts';
import { createDesk, type Desk } from './desk/desk.ts';
import { ownLine } from './desk/ownLine.ts';
import { buildWherePageIsOld } from './desk/page.ts';
import type { Log } from './log.ts';
import { inventedMembers } from './membership/inventedMembers.ts';
import { todayInWib } from './membership/todayInWib.ts';
import { dataKeyOf } from './secrets.ts';
import type { Store } from './store/store.ts';

/** What the console shows and calls. */
export type FrontDeskParts = {
  settings: Settings;
  switchboard: Switchboard;
  store: Store;
  url: string;
  listensAt: string;
  authToken: string;
  log: Log;
  now: () => Date;
};

/** The console of this server; null where nobody may see it. */
export function frontDesk({ settings, switchboard, store, log, now, ...address }: FrontDeskParts): Desk | null {
  const access = accessFor(settings, settings.consolePassword);
  if (access.for === 'nobody') return null;
  const key = dataKeyOf(settings);
  const frozen = new AbortController();
  const today = () => settings.pretendToday ?? todayInWib(now());
  const call = ownLine({
    ...address,
    stateOf: (callId) => stateOf(store, callId),
    seal: sealedText(key),
    today,
    frozen: frozen.signal,
  });
  const page = buildWherePageIsOld();
  page.catch((error) => log.trouble('the console has no page', error));
  const secret = access.for === 'password' ? access.password : '';
  const desk = createDesk({
    access,
    badges: badges(createHmac('sha256', key).update(`console ${secret}`).digest()),
    onRefusal: (status, reason) => log.note('a request was refused', { level: 'warn', status, reason }),
    publicBaseUrl: settings.publicBaseUrl,
    recent: switchboard.recent,
    call,
    numbersToTry: () =>
      inventedMembers(today()).map(({ cardNumber, nik, description }) => ({ card: cardNumber, nik, who: description })),
    page,
  });
  return {
    ...desk,
    close() {
      desk.close();
      frozen.abort();
    },
  };
}

async function stateOf({ calls }: Store, callId: string): Promise<unknown> {
  const stored = await calls.load(callId);
  return stored === null || stored === 'over' ? null : stored.state;
}

/** What a page may carry from one server to the next and cannot read, under a key of 32 bytes. */
export function sealedText(key: Uint8Array) {
  const seal = sealWith(key);
  return {
    close: (value: unknown) => Buffer.from(seal.close(value, 'a call under way')).toString('base64url'),
    open: (sealed: string) => seal.open(Buffer.from(sealed, 'base64url'), 'a call under way'),
  };
}
