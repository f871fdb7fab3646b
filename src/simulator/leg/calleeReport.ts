import { endForm } from '../courier/callForm.ts';
import type { Order } from '../courier/courier.ts';
import { tell } from '../courier/errand.ts';
import type { LineEvent } from '../telephone.ts';
import type { Leg } from './leg.ts';

/** Who is told how a dialled call goes on, and of what. */
export type StatusWish = { url: string; method: 'GET' | 'POST'; events: readonly string[] };

/** Everything that a status callback can be asked to tell. */
export const callEvents = ['initiated', 'ringing', 'answered', 'completed'] as const;

/** Tells whoever asked for it how a dialled call goes on, and of its `recording`; the messages travel with those of the `teller`. */
export function reportCallee(
  teller: Leg,
  leg: Leg,
  onEvent: (listener: (event: LineEvent) => void) => void,
  wish: StatusWish | null,
  recording: () => Promise<Order['form']> | null = () => null,
): void {
  if (!wish) return;
  let sequence = 0;
  let answeredAt: number | null = null;
  const say = (event: (typeof callEvents)[number], status: string) => {
    const now = new Date(leg.clock.now());
    const { SequenceNumber: _, ...ended } = endForm(answeredAt === null ? 0 : leg.now() - answeredAt, now);
    const { CallDuration: __, Duration: ___, ...going } = ended;
    const facts = event === 'completed' ? ended : going;
    const form = { ...leg.describe(), ...facts, CallStatus: status, SequenceNumber: String(sequence++) };
    const order = { url: wish.url, method: wish.method, form };
    if (wish.events.includes(event)) tell(teller, order, { more: event === 'completed' ? recording() : null });
  };
  say('initiated', 'initiated');
  say('ringing', 'ringing');
  onEvent((event) => {
    if (event.type === 'ended') say('completed', event.status);
    if (event.type !== 'answered') return;
    answeredAt = leg.now();
    say('answered', 'in-progress');
  });
}
