import { parentPort, workerData } from 'node:worker_threads';
import { callflows, firstFlow } from '../../callflows/index.ts';
import { alone, type Crew, type Done, type Job } from './crew.ts';
import type { Manner } from './fork.ts';

const walks = alone({ flows: callflows, firstFlow, ...(workerData as Manner) });

async function done(job: Job, { dial, take, close }: Crew): Promise<Done> {
  try {
    if (job === 'dial') return { outcomes: [await dial()] };
    if (job !== 'close') return { outcomes: await take(job.moment, job.steps) };
    await close();
    return { outcomes: [] };
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort!.on('message', async (job: Job) => parentPort!.postMessage(await done(job, await walks)));
