import type { Network } from './network.ts';
import type { LineEvent, Telephone } from './telephone.ts';

type Note = (text: string) => void;

const longestStayMs = 60_000;
const lastCallbackMs = 5_000;

/** Notes in words whom the application calls by itself, and what is said there. */
export function noteCalls({ onCalled }: Network, note: Note): void {
  onCalled.add(({ to, events, onEvent }) => {
    const tell = (event: LineEvent) => {
      const text = inWords(to, event);
      if (text !== null) note(text);
    };
    note(`the application calls ${to}`);
    events.forEach(tell);
    onEvent(tell);
  });
}

/**
 * Stays until the calls that the application has made are over and it has been told so: a minute at most, then they are
 * hung up. Goes at once when `leave` resolves.
 */
export async function outlast(network: Network, note: Note, leave: Promise<void>): Promise<void> {
  const everythingTold = allTold(network);
  const going = inProgress(network).map(({ to }) => to);
  if (going.length > 0) {
    note(`the application’s call to ${going.join(', ')} goes on: waiting a minute for its end; Ctrl-C leaves`);
    await atMost(network, longestStayMs, [everythingTold, leave]);
    for (const { hangUp } of inProgress(network)) hangUp();
  }
  await atMost(network, lastCallbackMs, [everythingTold, leave]);
}

function inWords(to: string, event: LineEvent): string | null {
  switch (event.type) {
    case 'answered':
      return `${to} answers`;
    case 'says':
      return `${to} hears: ${event.text.replace(/\s+/g, ' ').trim()}`;
    case 'warning':
      return `the call to ${to}: ${event.code} ${event.message}`;
    case 'ended':
      return `the call to ${to} is over: ${event.status}`;
    default:
      return null;
  }
}

const inProgress = ({ called }: Network): Telephone[] =>
  called.filter(({ events }) => !events.some(({ type }) => type === 'ended'));

/** Calls that are made meanwhile count too. */
async function allTold(network: Network): Promise<void> {
  for (let index = 0; index < network.called.length; index++) await network.called[index]!.ended;
  await network.errands;
}

async function atMost({ clock }: Network, ms: number, reasons: readonly Promise<void>[]): Promise<void> {
  const enough = new AbortController();
  await Promise.race([clock.sleep(ms, enough.signal), ...reasons]);
  enough.abort();
}
