import { setTimeout as pause } from 'node:timers/promises';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { NodeSDK, resources } from '@opentelemetry/sdk-node';
import type { Switchboard } from './call/switchboard.ts';
import type { Log } from './log.ts';
import type { LookupBegins } from './membership/lookups.ts';

/** Turns and lookups as spans of OpenTelemetry. They say what the log says of a turn, but for the id of the call. */
export type Traces = {
  /** The same switchboard, of which each turn is a span. */
  around(switchboard: Switchboard): Switchboard;
  /** Writes into the span of a turn how it went. */
  log: Log;
  /** A lookup is a span within that of its turn. */
  lookup: LookupBegins;
  /** Sends what is left, as far as somebody takes it soon. */
  close(): Promise<void>;
};

/** So long a collector may take for the last spans, in milliseconds. */
const LAST_SPANS_MS = 2_000;

/**
 * Starts tracing in this process, as the variables of OpenTelemetry in its environment say. Nothing is observed but what
 * stands here: what others would observe by themselves has addresses and forms in it. Of the machine and the process only
 * what OTEL_RESOURCE_ATTRIBUTES says is told.
 */
export function startTraces(): Traces {
  const sdk = new NodeSDK({
    resource: resources.defaultResource().merge(resources.resourceFromAttributes({ 'service.name': 'hotline' })),
    resourceDetectors: [resources.envDetector],
    metricReaders: [],
    logRecordProcessors: [],
    textMapPropagator: null,
  });
  sdk.start();
  const tracer = trace.getTracer('hotline');

  return {
    around: (switchboard) => ({
      ...switchboard,
      answer: (request) =>
        tracer.startActiveSpan('turn', { kind: SpanKind.SERVER }, async (span) => {
          try {
            return await switchboard.answer(request);
          } catch (error) {
            // Its name alone: what an error says may have been said of somebody.
            span.setStatus({ code: SpanStatusCode.ERROR });
            span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
            throw error;
          } finally {
            span.end();
          }
        }),
    }),
    log: {
      turn: ({ turn, flow, from, to, repeated }) =>
        void trace.getActiveSpan()?.setAttributes({ turn, flow, from, to, repeated }),
      note: () => {},
      trouble: () => {},
    },
    lookup(question) {
      const span = tracer.startSpan('lookup', { kind: SpanKind.CLIENT, attributes: { question } });
      return ({ outcome }) => {
        if (outcome === 'unavailable') span.setStatus({ code: SpanStatusCode.ERROR });
        span.setAttribute('outcome', outcome).end();
      };
    },
    async close() {
      await Promise.race([sdk.shutdown().catch(() => {}), pause(LAST_SPANS_MS, undefined, { ref: false })]);
      trace.disable();
      context.disable();
    },
  };
}
