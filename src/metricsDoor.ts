import type { RequestHandler } from 'express';
import { accessFor, isForThisMachine } from './desk/access.ts';
import { isSame } from './desk/badge.ts';
import type { Metrics } from './metrics.ts';
import type { Settings } from './settings.ts';

/**
 * Shows the metrics to who may read them: with METRICS_TOKEN to who brings it, without one to who is at this machine,
 * where nobody else can come. Everybody else is told that there is nothing. A proxy on this machine lets the world come
 * from this machine, so with a token it is asked of everybody.
 */
export function metricsDoor({ text, contentType }: Metrics, settings: Settings): RequestHandler {
  const access = accessFor(settings, settings.metricsToken);
  const mayRead: (request: Parameters<RequestHandler>[0]) => boolean = (request) => {
    if (access.for === 'password') return isSame(request.get('Authorization') ?? '', `Bearer ${access.password}`);
    return access.for === 'this machine' && isForThisMachine(request);
  };
  return async (request, response) => {
    if (!mayRead(request)) return void response.status(404).type('txt').send('There is nothing here.\n');
    response
      .type(contentType)
      .set('Cache-Control', 'no-store')
      .send(await text());
  };
}
