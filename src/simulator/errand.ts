import type { Order } from './courier.ts';
import type { Leg } from './leg.ts';

/** Tells the application something beside the documents: one message after the other, and the call goes on meanwhile. */
export function tell(leg: Leg, order: Order, what = 'status callback'): void {
  leg.errands = leg.errands.then(async () => {
    leg.happen({ type: 'tells', method: order.method, url: order.url });
    const told = await leg.clock.standStill(() => leg.courier.send(order));
    if ('code' in told) leg.warn(15003, `${what}: ${told.why}`);
  });
}
