import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../config.ts';
import { startHotline } from '../hotline.ts';
import { jsonLog } from '../log.ts';
import { type MembershipService, MembershipUnavailable } from '../membership/membership.ts';

/** What a recorded call may say about the world it was made in. */
const worlds = {
  /** `# today: 2026-11-21`: the day it was. */
  today: /^\d{4}-\d{2}-\d{2}$/,
  /** `# membership: unreachable`: nobody could say who is a member. */
  membership: /^unreachable$/,
  /** `# from: +62…`: who called. */
  from: /^\+?\d+$/,
} as const;

const unavailable = () => Promise.reject(new MembershipUnavailable('out of order for this rehearsal'));

/** Members that nobody can reach. */
export const membersUnreachable: MembershipService = { findMember: unavailable, findBill: unavailable };

/**
 * A hotline of its own for one recorded call, in the world that the recording names; gone without a trace when closed.
 * Given `members`, it asks them instead of making a directory of its own.
 */
export async function rehearsalHotline(world: Record<string, string>, members?: MembershipService) {
  for (const [name, rule] of Object.entries(worlds))
    if (world[name] !== undefined && !rule.test(world[name]))
      throw new Error(`A recorded call cannot have "# ${name}: ${world[name]}".`);
  const folder = mkdtempSync(join(tmpdir(), 'hotline-'));
  const settings = readSettings({ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'silent', PRETEND_TODAY: world['today'] ?? '' });
  const membership = world['membership'] === 'unreachable' ? membersUnreachable : members;
  const hotline = await startHotline(settings, { log: jsonLog('silent'), ...(membership && { membership }) });
  return {
    url: `${hotline.url}/voice`,
    authToken: hotline.authToken,
    async close() {
      await hotline.close();
      rmSync(folder, { recursive: true });
    },
  };
}
