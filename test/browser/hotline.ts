import { afterAll, onTestFinished } from 'vitest';
import { readSettings } from '../../src/config.ts';
import { frontDesk } from '../../src/frontDesk.ts';
import { type Hotline, startHotline } from '../../src/hotline.ts';
import { jsonLog } from '../../src/log.ts';
import { keptFolder, ownFolder } from '../rim/folder.ts';

const world = { PORT: '0', PRETEND_TODAY: '2026-11-21', LOOKUP_FAILURES_IN_15_MINUTES: '1000' };

function start(env: NodeJS.ProcessEnv): Promise<Hotline> {
  return startHotline(readSettings({ ...world, ...env }), { log: jsonLog('silent') }, frontDesk);
}

/** A hotline with its console, for all tests of a file. */
export function hotlineOfThisFile(env: NodeJS.ProcessEnv = {}): () => Promise<string> {
  const folder = keptFolder();
  let hotline: Promise<Hotline> | null = null;
  afterAll(async () => (await hotline)?.close());
  return async () => {
    hotline ??= start({ DATA_DIR: folder, ...env });
    return (await hotline).listensAt;
  };
}

/** A hotline of one test, which can be stopped and started again on its port and folder. */
export async function ownHotline(env: NodeJS.ProcessEnv = {}) {
  const folder = ownFolder();
  let hotline = await start({ DATA_DIR: folder, ...env });
  const { listensAt } = hotline;
  onTestFinished(() => hotline.close());
  return {
    url: listensAt,
    stop: () => hotline.close(),
    async startAgain() {
      hotline = await start({ DATA_DIR: folder, ...env, PORT: new URL(listensAt).port });
    },
  };
}
