import type { TracedCall } from '../call/record.ts';
import type { Inside } from '../console/talk.ts';
import { realClock } from '../simulator/clock.ts';
import type { Exchange } from '../simulator/courier/courier.ts';
import { placeCall, type Underway } from '../simulator/line.ts';
import { type Handset, handset } from './handset.ts';
import { remembered } from './remembered.ts';
import { shownSteps } from './shownCall.ts';
import type { Call } from './telephones.ts';

/** What the line between the console's pages and this server is made of. */
type OwnLineParts = {
  /** The address that requests are signed for, and where the server listens. */
  url: string;
  listensAt: string;
  authToken: string;
  /** What is written down of a call. */
  stateOf(callId: string): Promise<unknown>;
  /** Makes a call unreadable to the page that carries it from one server to the next, and readable again. */
  seal: { close(value: unknown): string; open(sealed: string): unknown };
  /** The day that a recorded test says it was made on. */
  today(): string;
  /** Aborted when the server stops: then no call goes on, and none is ended. */
  frozen: AbortSignal;
};

/** Stands above a call that is copied as a test. */
const ownSentence = 'Recorded at the telephone of the console: say here what the caller wanted.';

/** The number that pages dial. */
const HOTLINE = '+621500400';

/** Dials this very server for a page, over the same simulated line as every other telephone. */
export function ownLine({ url, listensAt, authToken, stateOf, seal, today, frozen }: OwnLineParts): Call {
  const doors = { fallbackUrl: `${url}/voice/fallback`, statusUrl: `${url}/voice/status` };
  const settings = { authToken, to: HOTLINE, rewrite: { [url]: listensAt }, ...doors };

  const lookInside = async (hand: Handset, exchange: Exchange) => {
    const { form } = exchange;
    if (exchange.url === doors.statusUrl) return;
    hand.tell({ baton: seal.close({ url: exchange.url, method: exchange.method, form, lastedMs: hand.lastedMs }) });
    // Where nothing can be read, nothing is shown of it; the call goes on all the same.
    const state = await stateOf(form.CallSid ?? '').catch(() => null);
    hand.tell({ inside: { ...inside(exchange), ...told(state) } });
  };

  return (wish) => {
    const underway = 'baton' in wish ? opened(seal, wish.baton) : null;
    if ('baton' in wish && underway === null) return null;
    const from = 'from' in wish ? wish.from : null;
    const telephone = placeCall(`${url}/voice`, {
      ...settings,
      clock: realClock(frozen),
      ...(from !== null && { from }),
      ...(underway && { underway }),
      onExchange: (exchange) => void lookInside(hand, exchange),
    });
    const sentence = underway ? 'Without its beginning, which another server had heard.' : ownSentence;
    const world = { today: today(), ...(from !== null && { from }) };
    const hand = handset(telephone, { sentence, settings: world });
    return hand;
  };
}

function opened(seal: OwnLineParts['seal'], baton: string): Underway | null {
  try {
    return seal.open(baton) as Underway;
  } catch {
    return null;
  }
}

function inside({ method, url, headers, form, ms, reply }: Exchange) {
  const { status, answer } =
    'fault' in reply
      ? { status: null, answer: reply.why }
      : { status: reply.status, answer: reply.body.toString('utf8') };
  return { method, url, headers, form, ms, status, answer };
}

/** What is shown of a call's state: what it remembers, masked, and the turns that led here. */
function told(state: unknown): Pick<Inside, 'remembered' | 'steps'> {
  const { steps = [] } = (state ?? {}) as Partial<TracedCall>;
  return { remembered: remembered(state), steps: shownSteps(steps) };
}
