import type { Leg } from '../leg/leg.ts';
import type { Order } from './courier.ts';

/** What a message is called in a warning, and `more` fields of it that are not known yet. */
type Particulars = { what?: string; more?: Promise<Order['form']> | null };

/** Tells the application something beside the documents: one message after the other, and the call goes on meanwhile. */
export function tell(leg: Leg, order: Order, { what = 'status callback', more = null }: Particulars = {}): void {
  leg.errands = leg.errands.then(async () => {
    const form = { ...order.form, ...(await more) };
    leg.happen({ type: 'tells', method: order.method, url: order.url });
    const told = await leg.clock.standStill(() => leg.courier.send({ ...order, form }));
    if ('code' in told) leg.warn(callbackCode(told), `${what}: ${told.why}`);
  });
}

/** A callback that was answered with an error has a code of its own; one that did not arrive has that of the fault. */
export const callbackCode = ({ code, status }: { code: number; status?: number }): number =>
  status === undefined ? code : 15003;
