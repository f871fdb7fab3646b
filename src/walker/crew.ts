import { Worker } from 'node:worker_threads';
import { type AnyFlows, watched } from '../call/transitions.ts';
import type { LineEvent } from '../simulator/telephone.ts';
import { type Manner, walker } from './fork.ts';
import type { Moment, Outcome, Step } from './moment.ts';
import { openStage } from './stage.ts';

/** Who walks: `take` may be asked for as many moments at a time as `size` says. */
export type Crew = {
  size: number;
  dial(): Promise<Outcome>;
  take(moment: Moment, steps: readonly Step[]): Promise<Outcome[]>;
  close(): Promise<void>;
};

/** Who walks alone, and can also make a call from its beginning to its end; `seed` invents what is invented in it. */
export type Soloist = Crew & { seed: string; play(steps: readonly Step[]): Promise<readonly LineEvent[]> };

/** One walker in this thread, on a hotline with these flows. */
export async function alone(parts: Manner & { flows: AnyFlows; firstFlow: string }): Promise<Soloist> {
  const notes = new Set<string>();
  const flows = watched(parts.flows, (name) => notes.add(name));
  const stage = await openStage({ ...parts, flows });
  return { ...walker(stage, parts, notes), size: 1, close: stage.close };
}

/** What a thread is asked, and answers. */
export type Job = { moment: Moment; steps: readonly Step[] } | 'dial' | 'close';
export type Done = { outcomes: Outcome[] } | { failed: string };

/** Several walkers on threads of their own, each with a hotline of its own. */
export function crew(size: number, manner: Manner): Crew {
  const hands = Array.from({ length: size }, () => hand(manner));
  const idle = [...hands];
  const waiting: ((hand: Hand) => void)[] = [];

  async function lend<Result>(work: (hand: Hand) => Promise<Result>): Promise<Result> {
    const one = idle.pop() ?? (await new Promise<Hand>((resolve) => waiting.push(resolve)));
    try {
      return await work(one);
    } finally {
      const next = waiting.shift();
      if (next) next(one);
      else idle.push(one);
    }
  }

  return {
    size: size * 8,
    dial: () => lend(async ({ ask }) => (await ask('dial'))[0]!),
    take: (moment, steps) => lend(({ ask }) => ask({ moment, steps })),
    async close() {
      await Promise.all(hands.map(({ ask }) => ask('close')));
      await Promise.all(hands.map(({ worker }) => worker.terminate()));
    },
  };
}

type Hand = { worker: Worker; ask(job: Job): Promise<Outcome[]> };

function hand(workerData: Manner): Hand {
  const worker = new Worker(new URL('./hand.ts', import.meta.url), { workerData });
  return {
    worker,
    ask: (job) =>
      new Promise((resolve, reject) => {
        worker.once('error', reject);
        worker.once('message', (done: Done) => {
          worker.off('error', reject);
          if ('failed' in done) reject(new Error(done.failed));
          else resolve(done.outcomes);
        });
        worker.postMessage(job);
      }),
  };
}
