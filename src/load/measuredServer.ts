import { childServer } from './childServer.ts';
import type { Begun, Order, Report, Use } from './takeOrders.ts';

/** A server in a process of its own, which is asked what it uses. */
export type MeasuredServer<Started extends Begun = Begun> = Started & { use(): Promise<Use>; kill(): Promise<void> };

/** A program that takes orders, its folder, its settings, and who is told its news. */
export type Program = {
  program: string;
  folder: string;
  env: Record<string, string>;
  onNews?: (news: string) => void;
};

/** Starts a program and lets its server begin; where that fails, nothing of it is left. */
export async function measuredServer<Beginning, Started extends Begun = Begun>(
  { program, folder, env, onNews }: Program,
  begin: Beginning,
): Promise<MeasuredServer<Started>> {
  const { ask, kill } = childServer<Order<Beginning>, Report<Started>>(program, folder, env, onNews);
  try {
    const report = await ask({ begin });
    if (!('started' in report)) throw new Error('The measured server did not say where it listens.');
    const use = async () => {
      const used = await ask('use');
      if (!('use' in used)) throw new Error('The measured server did not say what it has used.');
      return used.use;
    };
    return { ...report.started, use, kill };
  } catch (error) {
    await kill();
    throw error;
  }
}
