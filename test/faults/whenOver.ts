import { afterAll, onTestFinished } from 'vitest';

/** Does this when the test that runs is over, or all tests of the file where none runs yet; the last comes first. */
export function whenOver(clear: () => unknown): void {
  const clearing = async () => void (await clear());
  try {
    onTestFinished(clearing);
  } catch {
    afterAll(clearing);
  }
}
