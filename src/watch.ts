import { callflows } from '../callflows/index.ts';
import type { RecordedCall, Switchboard } from './call/switchboard.ts';
import { flowVersion } from './flowVersion.ts';
import { jsonLog, type Log, tellAll } from './log.ts';
import type { LookupBegins } from './membership/lookups.ts';
import type { BreakerState } from './membership/membership.ts';
import { createMetrics } from './metrics.ts';
import { metricsDoor } from './metricsDoor.ts';
import { type Settings, wantsTraces } from './settings.ts';

/** All who watch how calls go, as one: the log, the metrics, and the traces where somebody wants them. */
export type Watch = {
  log: Log;
  onRecord(call: RecordedCall): void;
  onLookup: LookupBegins;
  /** The version of flows and sentences that calls are led by. */
  flowVersion: string;
  /** The same switchboard, watched. */
  around(switchboard: Switchboard): Switchboard;
  /** Answers who asks for the metrics. */
  metrics: ReturnType<typeof metricsDoor>;
  close(): Promise<void>;
};

type WatchParts = {
  settings: Settings;
  /** In the place of lines of JSON on standard output. */
  log?: Log | undefined;
  callsInProgress: () => Promise<number>;
  breaker: () => BreakerState | undefined;
};

/** Hangs up, and counts the calls whose end could not be written down. */
const counting =
  (hangUp: Switchboard['hangUp'], lost: () => void): Switchboard['hangUp'] =>
  async (callId) => {
    try {
      await hangUp(callId);
    } catch (error) {
      lost();
      throw error;
    }
  };

/** Begins to watch. */
export async function startWatch({ settings, log: given, ...asked }: WatchParts): Promise<Watch> {
  const version = flowVersion();
  const metrics = createMetrics({ flows: Object.keys(callflows), flowVersion: version, ...asked });
  // Loaded by those who want them alone: they take as long as all the rest of the house.
  const traces = wantsTraces(settings) ? (await import('./traces.ts')).startTraces() : null;
  const log = given ?? jsonLog(settings.logLevel);
  return {
    log: traces ? tellAll(log, metrics.log, traces.log) : tellAll(log, metrics.log),
    onRecord: metrics.changed,
    onLookup(question) {
      const [count, trace] = [metrics.lookup(question), traces?.lookup(question)];
      return (report) => {
        count(report);
        trace?.(report);
      };
    },
    flowVersion: version,
    around(switchboard) {
      const counted = { ...switchboard, hangUp: counting(switchboard.hangUp, metrics.lost) };
      return traces?.around(counted) ?? counted;
    },
    metrics: metricsDoor(metrics, settings),
    close: async () => traces?.close(),
  };
}
