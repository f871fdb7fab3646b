import { WrongArguments } from './command.ts';

/** The web address that a tester typed, as it is; null where nothing was typed. Throws WrongArguments for anything else. */
export function webAddress(what: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol)) return text;
  throw new WrongArguments(
    `${what} is ${JSON.stringify(text)}: give a web address such as http://127.0.0.1:3000/voice`,
  );
}
