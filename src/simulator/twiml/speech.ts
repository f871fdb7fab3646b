import type { Element } from './element.ts';

/** How long a `<break strength>` is; the voices differ, these are the middle of what they do. */
const breakStrengths: Record<string, number> = {
  none: 0,
  'x-weak': 100,
  weak: 200,
  medium: 400,
  strong: 700,
  'x-strong': 1_000,
};
const longestBreakMs = 10_000;

/** What is heard of a Say: its text with single spaces, and the time of the breaks in it. */
export function speech(element: Element): { text: string; breaksMs: number } {
  const parts: string[] = [];
  let breaksMs = 0;
  const walk = (children: Element['children']) => {
    for (const child of children) {
      if (typeof child === 'string') parts.push(child);
      else if (child.name === 'break') {
        breaksMs += breakTime(child.attributes);
        parts.push(' ');
      } else if (child.name === 'sub') parts.push(child.attributes.alias ?? '');
      else walk(child.children);
      if (typeof child !== 'string' && /^[ps]$/.test(child.name)) parts.push(' ');
    }
  };
  walk(element.children);
  return { text: parts.join('').replace(/\s+/g, ' ').trim(), breaksMs };
}

function breakTime(attributes: Record<string, string>): number {
  const [, amount, unit] = /^\s*(\d+(?:\.\d+)?)(ms|s)\s*$/.exec(attributes.time ?? '') ?? [];
  if (amount === undefined) return breakStrengths[attributes.strength ?? 'medium'] ?? 400;
  return Math.min(longestBreakMs, Math.round(Number(amount) * (unit === 's' ? 1_000 : 1)));
}
