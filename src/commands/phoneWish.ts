import { parseArgs } from 'node:util';
import { everySwitch, isPosition, type Switches } from '../simulator/switches.ts';
import { WrongArguments } from './command.ts';
import { webAddress } from './webAddress.ts';

/** What the tester wants of the telephone; null where nothing was said. */
export type PhoneWish = {
  url: string | null;
  from: string | null;
  to: string | null;
  token: string | null;
  fallbackUrl: string | null;
  statusUrl: string | null;
  /** Where public addresses are reached from here. */
  rewrite: Record<string, string>;
  /** What the line shall do where Twilio's documentation leaves it open. */
  switches: Partial<Switches>;
  /** The account that the application is in. */
  account: string | null;
  /** The port on which the application finds Twilio's REST interface. */
  restPort: number | null;
  method: 'GET' | 'POST';
  speak: boolean;
  /** Under which name the call becomes a test. */
  save: string | null;
};

/** How the command is called. */
export const PHONE_USAGE =
  'npm run phone [-- URL] [--from N] [--to N] [--token T] [--account AC…] [--fallback URL] [--status URL] [--method GET] [--rewrite PUBLIC=LOCAL] [--rest PORT] [--switch NAME=POSITION] [--speak] [--save NAME]';

/**
 * Reads the words behind `npm run phone --`.
 * @throws WrongArguments, or what Node's parseArgs throws, about the first that is wrong.
 */
export function phoneWish(args: string[]): PhoneWish {
  const { values, positionals } = parsed(args);
  if (positionals.length > 1) throw new WrongArguments(`One URL is called at a time, not ${positionals.length}`);
  return {
    url: webAddress('The URL', positionals[0]),
    from: telephoneNumber('--from', values.from),
    to: telephoneNumber('--to', values.to),
    token: matching('--token', values.token, /^\S+$/, 'the auth token that the application checks signatures with'),
    account: matching('--account', values.account, /^AC[0-9a-f]{32}$/i, 'an AccountSid, AC and 32 hexadecimal digits'),
    fallbackUrl: webAddress('--fallback', values.fallback),
    statusUrl: webAddress('--status', values.status),
    rewrite: Object.fromEntries(values.rewrite.map(rewriteRule)),
    switches: Object.fromEntries(values.switch.map(switchPosition)),
    restPort: port(values.rest),
    method: method(values.method),
    speak: values.speak,
    save: matching('--save', values.save, /^[a-z0-9][a-z0-9-]{0,63}$/, 'a name of small letters, digits and hyphens'),
  };
}

function parsed(args: string[]) {
  const text = { type: 'string' } as const;
  return parseArgs({
    args,
    allowPositionals: true,
    options: {
      from: text,
      to: text,
      token: text,
      account: text,
      fallback: text,
      status: text,
      rewrite: { ...text, multiple: true, default: [] as string[] },
      switch: { ...text, multiple: true, default: [] as string[] },
      rest: text,
      method: { ...text, default: 'POST' },
      save: text,
      speak: { type: 'boolean', default: false },
    },
  });
}

function telephoneNumber(option: string, text: string | undefined): string | null {
  return matching(option, text, /^\+?\d{3,15}$/, 'a telephone number such as +6281200000001');
}

/** `https://example.com=http://127.0.0.1:3000`: what a public address begins with, and what is called in its place. */
function rewriteRule(text: string): [from: string, to: string] {
  const [, from = '', to = ''] = /^(https?:\/\/\S+?)=(https?:\/\/\S+)$/.exec(text) ?? [];
  if (URL.canParse(from) && URL.canParse(to)) return [from, to];
  throw new WrongArguments(
    `--rewrite is ${JSON.stringify(text)}: give two addresses such as https://localhost:3000=http://127.0.0.1:3000`,
  );
}

/** `typeAhead=buffer`: a switch of the line, and a position that it has. */
function switchPosition(text: string): [name: string, position: string] {
  const [name = '', position = ''] = text.split(/=(.*)/s);
  if (isPosition(name, position)) return [name, position];
  throw new WrongArguments(`--switch is ${JSON.stringify(text)}: give one of ${everySwitch}`);
}

function port(text: string | undefined): number | null {
  const number = matching('--rest', text, /^\d{1,5}$/, 'a port of this machine such as 4010, or 0 for a free one');
  return number === null ? null : Number(number);
}

function matching(option: string, text: string | undefined, pattern: RegExp, rule: string): string | null {
  if (text === undefined) return null;
  if (pattern.test(text)) return text;
  throw new WrongArguments(`${option} is ${JSON.stringify(text)}: give ${rule}`);
}

function method(text: string): 'GET' | 'POST' {
  const upper = text.toUpperCase();
  if (upper === 'GET' || upper === 'POST') return upper;
  throw new WrongArguments(`--method is ${JSON.stringify(text)}: give GET or POST`);
}
