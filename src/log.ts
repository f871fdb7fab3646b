import { type DestinationStream, pino } from 'pino';
import type { TurnReport } from './call/switchboard.ts';
import { logOutput } from './logOutput.ts';

/** What happened, as one line. Never made up from values: those that may be logged have their own fields. */
type Message = string;

type Noted = { level?: 'info' | 'warn'; count?: number; status?: number; reason?: Message };

/** The log: it takes what may be written down, field by field, and nothing else. */
export type Log = {
  /** One turn of a call. */
  turn(report: TurnReport): void;
  /** Something that an operator should know of, or must, where it is a warning. */
  note(message: Message, fields?: Noted): void;
  /** Something went wrong, in this call if there is one. */
  trouble(message: Message, error: unknown, call?: string): void;
};

/** One log for several: whatever it is told, each of them is told. */
export const tellAll = (...logs: readonly Log[]): Log => ({
  turn(report) {
    for (const log of logs) log.turn(report);
  },
  note(message, fields) {
    for (const log of logs) log.note(message, fields);
  },
  trouble(message, error, call) {
    for (const log of logs) log.trouble(message, error, call);
  },
});

/** One of the four numbers of an address. */
const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';

/** A port behind an address, localhost or a name with two dots: nothing that somebody could have typed. */
const HOST_AND_PORT = `(?<![\\w.@-])(?:${OCTET}(?:\\.${OCTET}){3}|localhost|(?:[a-z-]+\\d{0,3}\\.){2,}[a-z]+):[1-9]\\d{1,4}(?![ -]?\\d)`;

/** Four digits in a row, also in groups, may be part of a card number, a NIK or a telephone number. */
const DIGITS = /\d(?:[ -]?\d){3,}/;

const hidden = new RegExp(`(${HOST_AND_PORT})|${DIGITS.source}`, 'g');

const masked = (text: string) => text.replace(hidden, (_, hostAndPort) => hostAndPort ?? '****');

type LoggedError = { name: string; message: string; stack: string; cause?: LoggedError };

/** The parts of an error that may be logged: name, message and stack, masked, and those of at most three causes. */
function inPrint(error: unknown, causes = 3): LoggedError {
  if (!(error instanceof Error)) return { name: typeof error, message: masked(String(error)), stack: '' };
  const { name, message, stack = '', cause } = error;
  const logged = { name: masked(name), message: masked(message), stack: masked(stack) };
  return cause === undefined || causes === 0 ? logged : { ...logged, cause: inPrint(cause, causes - 1) };
}

/**
 * The log as lines of JSON, on standard output unless told otherwise. Digits that callers typed, numbers and names
 * are kept out by form: a turn is logged by these fields only, an error with its digits masked.
 */
export function jsonLog(level: string, destination: DestinationStream = logOutput()): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return {
    turn: ({ call, turn, flow, from, to, ms, repeated }) =>
      logger.info({ call, turn, flow, from, to, ms: Math.round(ms), repeated }, 'turn'),
    note: (message, { level = 'info', count, status, reason } = {}) =>
      logger[level]({ count, status, reason }, message),
    trouble: (message, error, call) => logger.error({ call, error: inPrint(error) }, message),
  };
}
