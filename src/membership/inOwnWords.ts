import { MembershipUnavailable } from './membership.ts';

/**
 * An error of a membership service as it may be logged: in our own words, where there are any. What others say in their
 * errors may be about somebody, so only their kind is told, their code, and where it happened.
 */
export function inOwnWords(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(`The service has thrown what is no error but a ${typeof error}.`);
  const { name, cause, stack = '' } = error;
  const message = error instanceof MembershipUnavailable ? error.message : codeOf(error);
  const told = new Error(message, cause === undefined ? {} : { cause: inOwnWords(cause) });
  const frames = stack.split('\n').filter((line) => /^ +at /.test(line));
  return Object.assign(told, { name, stack: [`${name}: ${message}`, ...frames].join('\n') });
}

/** `ECONNREFUSED` and the like; '' where there is none. */
const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');
