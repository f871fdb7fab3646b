import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

/** An empty folder that is gone when the test is over. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hotline-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An empty folder for all tests of a file, gone when they are over. */
export function keptFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hotline-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
