import type { Order } from '../courier/courier.ts';
import type { Leg } from '../leg/leg.ts';
import type { Element } from './element.ts';

/** Reads one element's attributes; a wrong value is warned about with the verb's own code and its default taken. */
export type Attributes = {
  text(name: string): string | undefined;
  whole(name: string, rule: { least: number; most?: number; otherwise: number; code: number }): number;
  choice<T extends string>(name: string, rule: { of: readonly T[]; otherwise: T; code: number }): T;
  flag(name: string, code: number): boolean;
  /** What is written, trimmed, where it has this form; nothing written is the default too. */
  like(name: string, rule: { form: RegExp; otherwise: string; code: number }): string;
  /** The request for an address of this element, by the method that its `method` attribute (or another one) names. */
  order(address: string, documentUrl: string, code: number, form?: Record<string, string>, methodName?: string): Order;
};

/** The attributes of an element, ready to be read by their rules. */
export function attributes(element: Element, leg: Leg): Attributes {
  const text = (name: string) => element.attributes[name];
  const wrong = (name: string, code: number) =>
    leg.warn(code, `${element.name}: Invalid ${name} value "${text(name)}"`, element);

  const choice: Attributes['choice'] = (name, { of, otherwise, code }) => {
    const value = text(name);
    if (value === undefined) return otherwise;
    const found = of.find((one) => one.toLowerCase() === value.trim().toLowerCase());
    if (found === undefined) wrong(name, code);
    return found ?? otherwise;
  };

  return {
    text,
    choice,
    whole(name, { least, most = Number.MAX_SAFE_INTEGER, otherwise, code }) {
      const value = text(name);
      if (value === undefined) return otherwise;
      const number = /^\s*\d+\s*$/.test(value) ? Number(value) : Number.NaN;
      if (number >= least && number <= most) return number;
      wrong(name, code);
      return otherwise;
    },
    flag: (name, code) => choice(name, { of: ['true', 'false'], otherwise: 'false', code }) === 'true',
    like(name, { form, otherwise, code }) {
      const value = text(name)?.trim();
      if (!value || form.test(value)) return value || otherwise;
      wrong(name, code);
      return otherwise;
    },
    order(address, documentUrl, code, form = {}, methodName = 'method') {
      const method = choice(methodName, { of: ['GET', 'POST'], otherwise: 'POST', code });
      return { url: absolute(address, documentUrl), method, form };
    },
  };
}

/** An address as written in a document, made whole; an empty one is the document's own. */
export function absolute(address: string, documentUrl: string): string {
  const trimmed = address.trim();
  return trimmed === '' ? documentUrl : (URL.parse(trimmed, documentUrl)?.href ?? trimmed);
}
