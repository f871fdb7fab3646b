/** Digits in a row, as numbers of cards and people have them; a day or a month is none. */
const number = /(?<![\d-])\d{4,}(?!-\d{2})/g;

/** What is kept of a call, for whoever looks into it: every digit of every number is hidden. */
export function masked(kept: unknown): unknown {
  if (typeof kept === 'string') return kept.replace(number, (digits) => '•'.repeat(digits.length));
  if (Array.isArray(kept)) return kept.map(masked);
  if (typeof kept !== 'object' || kept === null) return kept;
  return Object.fromEntries(Object.entries(kept).map(([name, value]) => [name, masked(value)]));
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
