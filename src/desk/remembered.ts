/** A day or a month; else digits in a row, as numbers of cards and people have them. */
const dateOrNumber = /(?<![\d-])(?<date>\d{4}-[01]\d(?:-[0-3]\d)?)(?![\d-])|\d{4,}/g;
const hidden = (text: string) =>
  text.replace(dateOrNumber, (found, date?: string) => (date === undefined ? '•'.repeat(found.length) : found));

/** Every card, person and telephone has at least so many digits, and no bill has as many. */
const LEAST_NUMBER = 1_000_000_000;

/** What is kept of a call, for whoever looks into it: every digit of every number is hidden, and of amounts none. */
export function masked(kept: unknown): unknown {
  if (typeof kept === 'string') return hidden(kept);
  if (typeof kept === 'number' && Math.abs(kept) >= LEAST_NUMBER) return hidden(String(kept));
  if (Array.isArray(kept)) return kept.map(masked);
  if (typeof kept !== 'object' || kept === null) return kept;
  return Object.fromEntries(Object.entries(kept).map(([name, value]) => [hidden(name), masked(value)]));
}

/** What a flow remembers, out of all that is written down of a call: where it stands, and what it knows. */
export function remembered(state: unknown): unknown {
  const { flow, place, rest } = (state ?? {}) as {
    flow?: unknown;
    place?: { value?: unknown; context?: object };
    rest?: unknown;
  };
  if (place === undefined) return null;
  return masked({ flow, state: place.value, ...place.context, waitsFor: rest });
}
