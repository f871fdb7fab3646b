import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../config.ts';
import { startHotline } from '../hotline.ts';
import { jsonLog } from '../log.ts';
import { memberDirectory } from '../membership/directory.ts';
import type { MembershipService } from '../membership/membership.ts';
import { todayInWib } from '../membership/todayInWib.ts';
import { type Health, handPatience, troubledMembers } from '../walker/troubledMembers.ts';

/** What a recorded call may say about the world it was made in. */
const worldRules = {
  /** `# today: 2026-11-21`: the day it was. */
  today: /^\d{4}-\d{2}-\d{2}$/,
  /**
   * `# membership: unreachable`, or `unreachable after 2 answers`: nobody could say (any more) who is a member. `slow`:
   * callers had to wait for every answer. `silent`: they waited in vain.
   */
  membership: /^(unreachable|slow|silent)(?: after (\d+) answers?)?$/,
  /** `# writeOff: announced`: the operator had a write-off of arrears announced. */
  writeOff: /^announced$/,
  /** `# from: +62…`: who called. */
  from: /^\+?\d+$/,
  /** `# seed: …`: what everything is invented from that nobody chose. */
  seed: /^[\w-]+$/,
  /** `# clock: 2026-11-21T05:00:00.000Z`: when it was, to the millisecond. */
  clock: /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/,
} as const;

type World = Readonly<Record<string, string>>;

function checkWorld(world: World): void {
  const rules = new Map<string, RegExp>(Object.entries(worldRules));
  const names = [...rules.keys()].join(', ');
  for (const [name, value] of Object.entries(world))
    if (!rules.get(name)?.test(value))
      throw new Error(`"# ${name}: ${value}" is not understood: a recorded call may say ${names}.`);
}

/** The one members for so many answers, and the other ones after that. */
function membersInTurn(members: MembershipService, answers: number, then: MembershipService): MembershipService {
  let left = answers;
  const now = () => (left-- > 0 ? members : then);
  return { findMember: (number) => now().findMember(number), findBill: (cardNumber) => now().findBill(cardNumber) };
}

/** The members of a recording's world, and the patience of its caller. */
function membersIn({ membership = '' }: World, members: MembershipService) {
  const { patience, outlast } = handPatience();
  const [, trouble, answers] = worldRules.membership.exec(membership) ?? [];
  if (trouble === undefined) return { membership: members, patience };
  const health = trouble === 'unreachable' ? 'down' : (trouble as Health);
  const troubled = troubledMembers(members, health, outlast);
  return { membership: membersInTurn(members, Number(answers ?? 0), troubled), patience };
}

/** In a rehearsal nobody waits for members who never answer: the deadline is the shortest there is. */
const deadlineFor = ({ membership }: World) => (membership?.startsWith('silent') ? '100' : '');

/** A hotline that rehearses one recorded call; gone without a trace when it is closed. */
export type Rehearsal = { url: string; authToken: string; close(): Promise<void> };

/** A hotline of its own for one recorded call, in the world that the recording names, and with the members of its day. */
export async function rehearsalHotline(
  world: World,
  membersOn: (day: string) => Promise<MembershipService>,
): Promise<Rehearsal> {
  checkWorld(world);
  await using parts = new AsyncDisposableStack();
  const folder = parts.adopt(mkdtempSync(join(tmpdir(), 'hotline-')), (path) => rmSync(path, { recursive: true }));
  const today = world.today ?? todayInWib(new Date());
  const settings = readSettings({
    PORT: '0',
    DATA_DIR: folder,
    PRETEND_TODAY: today,
    WRITE_OFF_ANNOUNCEMENT: world.writeOff ? 'on' : 'off',
    MEMBERSHIP_DEADLINE_MS: deadlineFor(world),
  });
  const members = membersIn(world, await membersOn(today));
  const hotline = await startHotline(settings, { log: jsonLog('silent'), ...members });
  parts.defer(hotline.close);
  const running = parts.move();
  return { url: `${hotline.url}/voice`, authToken: hotline.authToken, close: () => running.disposeAsync() };
}

/** Hotlines for recorded calls, one for each, while the members of a day are laid once for all its calls. */
export type Rehearsals = { hotlineFor(world: World): Promise<Rehearsal>; [Symbol.asyncDispose](): Promise<void> };

/** Begins to rehearse recorded calls. */
export function rehearsals(): Rehearsals {
  const parts = new AsyncDisposableStack();
  const folder = parts.adopt(mkdtempSync(join(tmpdir(), 'hotline-members-')), (path) =>
    rmSync(path, { recursive: true }),
  );
  const days = new Map<string, Promise<MembershipService>>();
  const laid = async (day: string) =>
    parts.adopt(await memberDirectory({ file: join(folder, `${day}.db`), today: () => day }), ({ close }) => close());
  const membersOn = (day: string) => days.getOrInsertComputed(day, laid);
  return {
    hotlineFor: (world) => rehearsalHotline(world, membersOn),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}
