import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Outcome } from './call/record.ts';
import type { RecordedCall } from './call/switchboard.ts';
import type { Log } from './log.ts';
import type { LookupBegins, LookupReport } from './membership/lookups.ts';
import type { BreakerState } from './membership/membership.ts';

/** What is counted of calls and told to Prometheus: no number, no name, no id of a call. */
export type Metrics = {
  /** Counts what goes into the log: turns, refused requests, troubles. */
  log: Log;
  /** A call has begun, gone on or ended: those that ended are counted by how. */
  changed(call: RecordedCall): void;
  /** A call has ended and nobody could write that down: it counts as failed. */
  lost(): void;
  lookup: LookupBegins;
  /** All of it in the text format of Prometheus, whose media type is `contentType`. */
  text(): Promise<string>;
  contentType: string;
};

/** What a metric asks for when somebody reads it. */
type MetricsParts = {
  flows: readonly string[];
  /** A name for how calls go in this release. */
  flowVersion: string;
  /** How many calls go on, on all copies of the server together. */
  callsInProgress: () => Promise<number>;
  /** How the breaker before the members stands, where there is one. */
  breaker: () => BreakerState | undefined;
};

/** In seconds: a turn on our own disk takes about a thousandth, and a caller notices more than one. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

const outcomes = ['contained', 'officer', 'abandoned', 'failed'] as const satisfies Outcome[];
const lookupOutcomes = ['found', 'notFound', 'refused', 'unavailable'] as const satisfies LookupReport['outcome'][];
const breakerStates = ['closed', 'halfOpen', 'open'] as const satisfies BreakerState[];

/** What counts each of these values of a label: made once, so that counting has nothing to look for and all begin at 0. */
const each = <Value extends string, Child>(values: readonly Value[], child: (value: Value) => Child) =>
  new Map<string, Child>(values.map((value) => [value, child(value)]));

/** The metrics of one hotline, in a registry of their own. */
export function createMetrics({ flows, flowVersion, callsInProgress, breaker }: MetricsParts): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const turns = new Counter({
    name: 'hotline_turns_total',
    help: 'Turns that were answered, by the flow in which they ended; a repeated one was asked for again.',
    labelNames: ['flow', 'repeated'],
    registers,
  });
  const turnSeconds = new Histogram({
    name: 'hotline_turn_seconds',
    help: 'How long a turn took, from the request in our hands to the answer.',
    buckets,
    registers,
  });
  const calls = new Counter({
    name: 'hotline_calls_total',
    help: 'Calls whose end was told, by how they ended: contained (answered without an officer), officer, abandoned (before any answer), failed (in trouble of ours, or so that it could not be written down).',
    labelNames: ['outcome'],
    registers,
  });
  const lookupSeconds = new Histogram({
    name: 'hotline_lookup_seconds',
    help: 'How long questions about members took, by what came of them; refused ones had failed too often before.',
    labelNames: ['outcome'],
    buckets,
    registers,
  });
  const refusals = new Counter({
    name: 'hotline_requests_refused_total',
    help: 'Requests that were turned away, by the HTTP status that they got.',
    labelNames: ['status'],
    registers,
  });
  const troubles = new Counter({
    name: 'hotline_troubles_total',
    help: 'What went wrong, in the words of the log.',
    labelNames: ['what'],
    registers,
  });
  new Gauge({
    name: 'hotline_calls_in_progress',
    help: 'Calls that are not over and have had a turn within the last hour. Every copy of the server tells the number of all: take the max, not the sum.',
    registers,
    async collect() {
      // Where nobody can count them there is no number, and not the one of before.
      await callsInProgress().then(
        (number) => this.set(number),
        () => this.remove(),
      );
    },
  });
  new Gauge({
    name: 'hotline_membership_breaker',
    help: '1 for how the breaker before the membership service stands; nothing where there is no breaker.',
    labelNames: ['state'],
    registers,
    collect() {
      const now = breaker();
      if (now) for (const state of breakerStates) this.set({ state }, state === now ? 1 : 0);
    },
  });
  new Gauge({
    name: 'hotline_info',
    help: '1, and the version of flows and sentences that calls of this server are led by.',
    labelNames: ['flows'],
    registers,
  }).set({ flows: flowVersion }, 1);

  const turn = (repeated: boolean) => each(flows, (flow) => turns.labels(flow, String(repeated)));
  const [turnsOf, repeatedTurnsOf] = [turn(false), turn(true)];
  const anyTurn = turnSeconds.labels();
  const callsOf = each(outcomes, (outcome) => calls.labels(outcome));
  const lookupsOf = each(lookupOutcomes, (outcome) => lookupSeconds.labels(outcome));
  for (const child of [turnsOf, repeatedTurnsOf, callsOf].flatMap((children) => [...children.values()])) child.inc(0);
  for (const outcome of lookupOutcomes) lookupSeconds.zero({ outcome });

  const countLookup = ({ outcome, ms }: LookupReport) => lookupsOf.get(outcome)?.observe(ms / 1_000);
  let isRead = false;
  return {
    log: {
      turn({ flow, ms, repeated }) {
        (repeated ? repeatedTurnsOf : turnsOf).get(flow)?.inc();
        anyTurn.observe(ms / 1_000);
      },
      note: (_message, { status } = {}) => status && refusals.inc({ status }),
      trouble: (what) => troubles.inc({ what }),
    },
    changed: ({ record }) => callsOf.get(record.outcome)?.inc(),
    lost: () => callsOf.get('failed')?.inc(),
    lookup: () => countLookup,
    text() {
      // Those of the process watch its loop and its memory from then on: who reads no metrics does not pay for them.
      if (!isRead) collectDefaultMetrics({ register: registry });
      isRead = true;
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
