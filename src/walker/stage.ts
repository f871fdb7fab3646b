import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Way } from '../call/call.ts';
import { newSession } from '../call/session.ts';
import { createSwitchboard } from '../call/switchboard.ts';
import { readSettings } from '../config.ts';
import { startHotline } from '../hotline.ts';
import type { Log } from '../log.ts';
import { memberDirectory } from '../membership/directory.ts';
import { createEnquiries } from '../membership/enquiries.ts';
import { type Memory, memory } from './memory.ts';
import { type Health, handPatience, troubledMembers } from './troubledMembers.ts';

/** A hotline to walk through: real doors, real members, and calls that stand where one puts them. */
export type Stage = {
  url: string;
  statusUrl: string;
  authToken: string;
  memory: Memory;
  /** How the membership service is for this call from now on. */
  setHealth(callId: string, health: Health): void;
  /** What went wrong in this call. */
  troublesOf(callId: string): readonly string[];
  /** Forgets a call. */
  forget(callId: string): void;
  close(): Promise<void>;
};

/** What is walked through, and on which day. */
export type StageParts = Pick<Way, 'flows' | 'firstFlow'> & { today: string };

/** A service that answers later than this is too late: in the walker's own seconds. */
const DEADLINE_MS = 5;

/** Noon in Jakarta on that day. */
export const noonOf = (today: string): number => Date.parse(`${today}T12:00:00+07:00`);

/** Starts a hotline with these flows on a port of its own; gone without a trace when closed. */
export async function openStage({ flows, firstFlow, today }: StageParts): Promise<Stage> {
  await using parts = new AsyncDisposableStack();
  const folder = parts.adopt(mkdtempSync(join(tmpdir(), 'walk-')), (path) => rmSync(path, { recursive: true }));
  const file = join(folder, 'members.db');
  const everybody = parts.adopt(await memberDirectory({ file, today: () => today }), (own) => own.close());
  const settings = readSettings({ PORT: '0', DATA_DIR: folder, PRETEND_TODAY: today });
  const healths = new Map<string, Health>();
  const troubles = new Map<string, string[]>();
  const remembered = memory();
  const { patience, outlast } = handPatience();
  const now = () => new Date(noonOf(today));
  const trouble: Log['trouble'] = (message, error, callId = '') => {
    const cause = error instanceof Error ? error.message : String(error);
    if (message.startsWith('a turn failed')) troubles.getOrInsertComputed(callId, () => []).push(cause);
  };
  const enquiriesFor = (callId: string) =>
    createEnquiries({
      members: troubledMembers(everybody, healths.get(callId) ?? 'well', outlast),
      failures: remembered.failuresOf(callId),
      limits: { failuresIn15Minutes: settings.lookupFailuresIn15Minutes, failuresADay: settings.lookupFailuresADay },
      deadlineMs: DEADLINE_MS,
      now,
      onTrouble: () => {},
      onUnreleased: () => {},
    });
  const switchboard = createSwitchboard({
    flows,
    firstFlow,
    newSession,
    enquiries: (asker) => enquiriesFor(asker.callId)(asker),
    store: remembered.calls,
    patience,
    onTurn: () => {},
    now,
    clock: () => performance.now(),
  });
  const log: Log = { turn: () => {}, note: () => {}, trouble };
  const hotline = await startHotline(settings, { log, membership: everybody, switchboard: () => switchboard, now });
  parts.defer(hotline.close);
  const running = parts.move();
  return {
    url: `${hotline.url}/voice`,
    statusUrl: `${hotline.url}/voice/status`,
    authToken: hotline.authToken,
    memory: remembered,
    setHealth: (callId, health) => void healths.set(callId, health),
    troublesOf: (callId) => troubles.get(callId) ?? [],
    forget(callId) {
      remembered.forget(callId);
      healths.delete(callId);
      troubles.delete(callId);
    },
    close: () => running.disposeAsync(),
  };
}
