import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { type Settings, settingsOfThisProcess } from '../config.ts';
import { todayInWib } from '../membership/todayInWib.ts';
import { ownAddress } from '../ownAddress.ts';
import { noteCalls, outlast } from '../simulator/callsBeside.ts';
import { reach, waysOf } from '../simulator/courier/rewrite.ts';
import { type DialOptions, placeCall } from '../simulator/line.ts';
import { type Network, network } from '../simulator/network.ts';
import { recordCall } from '../simulator/recorded/recordedCall.ts';
import { restApi } from '../simulator/rest.ts';
import type { LineEvent, Telephone } from '../simulator/telephone.ts';
import { renderEntry } from '../simulator/terminal/frame.ts';
import { findEngine, SPEECH_ADVICE, type Speech, speechThrough } from '../simulator/terminal/speech.ts';
import { holdInTerminal, type TerminalOptions } from '../simulator/terminal.ts';
import { command, WrongArguments } from './command.ts';
import { PHONE_USAGE, type PhoneWish, phoneWish } from './phoneWish.ts';
import { signingToken } from './signingToken.ts';
import { somethingListensAt } from './somethingListensAt.ts';

/** Where our own server is called, told when a call is over, and asked when it could not answer. */
function ownDoors({ publicBaseUrl, host, port }: Settings) {
  const base = publicBaseUrl ?? ownAddress({ host, port });
  return { url: `${base}/voice`, statusUrl: `${base}/voice/status`, fallbackUrl: `${base}/voice/fallback` };
}

/** What is dialled: the address that was given, or our own server, which must be running. */
async function number(wish: PhoneWish, settings: Settings): Promise<{ url: string; options: DialOptions }> {
  const own = ownDoors(settings);
  if (wish.url === null && !(await somethingListensAt(reach(new URL(own.url), waysOf(wish.rewrite)).target)))
    throw new Error(`Nothing answers at ${own.url}: run npm start in another terminal.`);
  const { url, ...doors } = wish.url === null ? own : { url: wish.url };
  const { from, to, account: accountSid, method, rewrite, switches, statusUrl, fallbackUrl } = wish;
  const authToken = wish.token ?? signingToken(settings);
  const given = { from, to, accountSid, statusUrl, fallbackUrl };
  const told = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  return { url, options: { authToken, method, rewrite, switches, ...doors, ...told } };
}

function voice(wanted: boolean): Speech | undefined {
  if (!wanted) return undefined;
  const engine = findEngine();
  if (engine !== undefined) return speechThrough(engine);
  console.log(SPEECH_ADVICE);
  return undefined;
}

/** The application finds the carrier's REST interface here; answers how to point it there. */
async function offerRest(exchange: Network, options: DialOptions, port: number | null): Promise<string[]> {
  if (port === null) return [];
  const { url, accountSid } = await restApi(exchange, { ...options, port }).catch((error) => {
    throw error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken: give --rest another one.`) : error;
  });
  return [`REST interface at ${url} for account ${accountSid} and the auth token`];
}

/** The messages that the application has sent and that the line has not shown, and what went wrong in telling it of them. */
function unseenMessages({ outbox, warnings }: Network, events: readonly LineEvent[]): string[] {
  const shown = events.filter((event) => event.type === 'message');
  const unseen = outbox.filter(
    ({ from, to, body }) => !shown.some((one) => one.from === from && one.to === to && one.body === body),
  );
  return [...unseen.map(({ to, body }) => `Message to ${to}: ${body}`), ...warnings.map((warning) => `! ${warning}`)];
}

const hasColour = () => process.stdout.isTTY && process.stdout.hasColors();

function print(text: string): void {
  const { columns = 100, rows = 24 } = process.stdout;
  const lines = renderEntry({ kind: 'note', text }, { columns, rows, colour: hasColour() });
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Holds the telephone until its call is over, and stays for the calls that the application has made meanwhile. */
async function hold(
  telephone: Telephone,
  exchange: Network,
  options: Pick<TerminalOptions, 'introduction' | 'speech' | 'callee'>,
) {
  let note = print;
  noteCalls(exchange, (text) => note(text));
  const how = await holdInTerminal(telephone, {
    input: process.stdin,
    output: process.stdout,
    colour: hasColour(),
    notices(write) {
      note = write;
      return () => {
        note = print;
      };
    },
    ...options,
  });
  if (how === 'ended')
    await outlast(
      exchange,
      print,
      once(process, 'SIGINT').then(() => {}),
    );
}

function introduction(url: string): string[] {
  const keys = process.stdin.isTTY
    ? 'Keys 0-9 * # act at once, behind an o at the other end; s begins a sentence, Enter says it; h or Ctrl-C hangs up.'
    : 'Each line of input answers one question, by keys or, in quotation marks, by a sentence ("my bill"), an empty line by silence; after the last one the telephone hangs up.';
  return [`Dialling ${url}`, keys];
}

/** A call to our own hotline becomes one of its tests; a call to another application is written where the tester stands. */
const fileOf = ({ save, url }: PhoneWish): string => `${url === null ? 'test/calls/' : ''}${save}.call`;

/** Writes the call down as a test; a call to our own server says which day it was there. */
function save(events: readonly LineEvent[], wish: PhoneWish, { pretendToday }: Settings): string {
  const today = wish.url === null ? { today: pretendToday ?? todayInWib(new Date()) } : {};
  const from = wish.from === null ? {} : { from: wish.from };
  const sentence = 'Recorded at a telephone: say here what the caller wanted.';
  writeFileSync(fileOf(wish), recordCall(events, { sentence, settings: { ...today, ...from } }), { flag: 'wx' });
  return `Recorded in ${fileOf(wish)}`;
}

async function call(wish: PhoneWish): Promise<string> {
  if (wish.save !== null && existsSync(fileOf(wish)))
    throw new WrongArguments(`${fileOf(wish)} is there already: give --save another name`);
  const settings = settingsOfThisProcess();
  const { url, options } = await number(wish, settings);
  const speech = voice(wish.speak);
  const exchange = network();
  const rest = await offerRest(exchange, options, wish.restPort);
  const telephone = placeCall(url, { ...options, network: exchange });
  const callee = wish.url === null ? 'the officer' : 'the other end';
  await hold(telephone, exchange, { introduction: [...introduction(url), ...rest], callee, ...(speech && { speech }) });
  // The application could not be asked, or led nowhere: a script shall notice.
  if (telephone.events.some((event) => event.type === 'ended' && event.by === 'carrier')) process.exitCode = 1;
  const record = 'To record a call as a test: npm run phone -- --save NAME';
  const lastWord = wish.save === null ? record : save(telephone.events, wish, settings);
  return [...unseenMessages(exchange, telephone.events), lastWord].join('\n');
}

await command(PHONE_USAGE, async (args) => {
  const lastWord = await call(phoneWish(args));
  // A server that never answers the last status callback must not keep the command.
  process.stdout.write(`${lastWord}\n`, () => process.exit());
});
