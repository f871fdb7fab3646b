import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { vi } from 'vitest';

type Value = { stringValue?: string; intValue?: number; boolValue?: boolean };
type Sent = { key: string; value: Value }[];
type SentSpan = {
  name: string;
  spanId: string;
  parentSpanId?: string;
  status: { code: number };
  attributes: Sent;
};

/** A span as it was collected: its name, its parent's, and what is said of it. */
export type Span = { name: string; parent: string | null; failed: boolean; says: Record<string, unknown> };

const plain = (attributes: Sent) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

/** A collector of traces on this machine, to which a hotline that starts from now on sends them, until it is closed. */
export async function collector() {
  const bodies: string[] = [];
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    asked.push(request.url ?? '');
    bodies.push(await text(request));
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);

  return {
    close() {
      vi.unstubAllEnvs();
      server.close();
    },
    /** The settings that send traces there. */
    env,
    /** Everything that was sent, as it came. */
    bodies,
    /** The paths that were asked for. */
    asked,
    resource: () => plain(JSON.parse(bodies[0] ?? '{}').resourceSpans[0].resource.attributes),
    spans(): Span[] {
      const sent = bodies.flatMap((body) =>
        (JSON.parse(body).resourceSpans as { scopeSpans: { spans: SentSpan[] }[] }[]).flatMap(({ scopeSpans }) =>
          scopeSpans.flatMap(({ spans }) => spans),
        ),
      );
      const names = new Map(sent.map(({ spanId, name }) => [spanId, name]));
      return sent.map(({ name, parentSpanId, status, attributes }) => ({
        name,
        parent: parentSpanId ? (names.get(parentSpanId) ?? 'unknown') : null,
        failed: status.code === 2,
        says: plain(attributes),
      }));
    },
  };
}
