import type { AddressInfo } from 'node:net';
import type { Patience, RecordedCall, Switchboard } from './call/switchboard.ts';
import type { Settings } from './config.ts';
import { callTables, memberTables, type Part } from './database/steps.ts';
import type { Desk } from './desk/desk.ts';
import { exchange, troubleSentences } from './exchange.ts';
import type { FrontDeskParts } from './frontDesk.ts';
import type { Log } from './log.ts';
import type { MembershipService } from './membership/membership.ts';
import { todayInWib } from './membership/todayInWib.ts';
import { membershipDoor } from './membershipDoor.ts';
import { openDatabase } from './openDatabase.ts';
import { openMembers } from './openMembers.ts';
import { otherCopies } from './otherCopies.ts';
import { ownAddress } from './ownAddress.ts';
import { authTokenOf, dataKeyOf } from './secrets.ts';
import { createServer } from './server.ts';
import { stopPretenuring } from './stopPretenuring.ts';
import { type Store, storeIn } from './store/store.ts';
import { startWatch } from './watch.ts';
import { webServer } from './webServer.ts';

/** What a test or a player may put in the place of the real thing. */
export type Overrides = {
  membership?: MembershipService;
  switchboard?: (store: Store) => Switchboard;
  patience?: Patience;
  log?: Log;
  now?: () => Date;
};

/** Opens the console of a hotline, or null where nobody may see it. */
export type OpenDesk = (parts: FrontDeskParts) => Desk | null;

/** A hotline that answers: where the carrier calls it, where it listens itself, what requests are signed with, and how it is stopped. */
export type Hotline = { url: string; listensAt: string; authToken: string; close(): Promise<void> };

const HOUR_MS = 3_600_000;

/** Forgets what is old, now and every hour; returns how to stop that, when it has ended what it was at. */
function purging({ calls, failures }: Store, settings: Settings, now: () => Date, log: Log): () => Promise<void> {
  const { forgetCallsAfterHours, forgetRecordsAfterDays } = settings;
  const purge = async () => {
    try {
      const before = (hours: number) => new Date(now().getTime() - hours * HOUR_MS);
      const limits = { calls: before(forgetCallsAfterHours), records: before(forgetRecordsAfterDays * 24) };
      const count = await calls.forgetBefore(limits);
      await failures.forgetBefore(before(24));
      if (count > 0) log.note('old calls are forgotten', { count });
    } catch (error) {
      log.trouble('old calls could not be forgotten, the next hour tries again', error);
    }
  };
  let latest = purge();
  const timer = setInterval(() => {
    latest = purge();
  }, HOUR_MS).unref();
  return () => {
    clearInterval(timer);
    return latest;
  };
}

/**
 * Starts a hotline in this process and resolves when it answers.
 * @example const { url, close } = await startHotline(readSettings({ PORT: '0', DATA_DIR: folder }));
 */
export async function startHotline(
  settings: Settings,
  overrides: Overrides = {},
  openDesk: OpenDesk = () => null,
): Promise<Hotline> {
  stopPretenuring();
  await using parts = new AsyncDisposableStack();
  const { now = () => new Date() } = overrides;

  const authToken = authTokenOf(settings);
  const opened = async (tables: Part) => parts.adopt(await openDatabase(settings, tables), ({ close }) => close());
  const callDatabase = await opened(callTables);
  const store = await storeIn(callDatabase, dataKeyOf(settings), now);
  const watch = await startWatch({
    settings,
    log: overrides.log,
    callsInProgress: () => store.calls.goingOn(new Date(now().getTime() - HOUR_MS)),
    breaker: () => membership.breaker?.(),
  });
  parts.defer(watch.close);
  const { log } = watch;
  const today = () => settings.pretendToday ?? todayInWib(now());
  const openTables = () => opened(memberTables);
  const membership = overrides.membership ?? (await openMembers(settings, { openTables, today, log }));
  const onRecord = (call: RecordedCall) => {
    watch.onRecord(call);
    desk?.changed(call);
    copies?.changed(call.callId);
  };
  const board =
    overrides.switchboard?.(store) ?? exchange({ ...overrides, ...watch, settings, store, membership, now, onRecord });
  const switchboard = watch.around(board);
  parts.defer(purging(store, settings, now, log));

  const { server, serve } = parts.adopt(await webServer(settings), ({ close }) => close());
  const listensAt = ownAddress({ host: settings.host, port: (server.address() as AddressInfo).port });
  const url = settings.publicBaseUrl ?? listensAt;
  const voices = { id: settings.voiceId, en: settings.voiceEn };
  const speech = { voices, officerNumber: settings.officerNumber };
  const { check: checkDatabase } = store;
  const trouble = troubleSentences();
  const desk = openDesk({ settings, switchboard, store, url, listensAt, authToken, log, now });
  if (desk) parts.defer(desk.close);
  const changedThere = (callIds: ReadonlySet<string> | null) =>
    desk?.changedElsewhere(callIds).catch((error) => log.trouble('calls of another copy could not be read', error));
  const { news } = callDatabase;
  const copies = news && parts.adopt(otherCopies(news, changedThere), ({ close }) => close());
  const apiKey = settings.membershipUrl === null ? settings.membershipApiKey : null;
  const offered = apiKey && membershipDoor({ members: membership, apiKey, url: `${url}/membership`, log });
  const { metrics } = watch;
  const authTokens = [authToken, settings.secondaryAuthToken].filter((token) => token !== null);
  const doors = { switchboard, authTokens, publicBaseUrl: url, speech, trouble, checkDatabase, log, metrics };
  serve(createServer({ ...doors, ...(offered && { membership: offered }), ...(desk && { console: desk.router }) }));
  server.on('upgrade', desk?.upgrade ?? ((_request, socket) => socket.destroy()));
  const running = parts.move();
  return { url, listensAt, authToken, close: () => running.disposeAsync() };
}
