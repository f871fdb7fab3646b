import { MembershipUnavailable } from './membership.ts';

/** Nothing was answered because there was no connection, or it was lost before the answer began. */
export class NoConnection extends MembershipUnavailable {
  override name = 'NoConnection';
}

/** The longest answer of the contract has less than a hundredth of it. */
const LARGEST_ANSWER = 64 * 1024;

/** What is to be done about an answer that is none, by its HTTP status. */
const advice: Record<number, string> = {
  401: 'refuses our key: check MEMBERSHIP_API_KEY',
  403: 'refuses our key: check MEMBERSHIP_API_KEY',
  404: 'does not know the question: check MEMBERSHIP_URL',
  405: 'does not know the question: check MEMBERSHIP_URL',
  429: 'is asked too often',
};

function whyNot({ status }: Response): string {
  if (status >= 300 && status < 400) return `sends us elsewhere: check MEMBERSHIP_URL (${status})`;
  return `${advice[status] ?? (status >= 500 ? 'is out of order' : 'does not understand us')} (${status})`;
}

function whyNoJson({ headers }: Response): string | null {
  const [type] = /^[\w.+-]+\/[\w.+-]+/.exec(headers.get('content-type') ?? '') ?? ['something'];
  return type.toLowerCase() === 'application/json' ? null : `answers with ${type} and not with JSON`;
}

/** A signal that is aborted when the answer must be there, and after how many milliseconds that is. */
type Time = { signal: AbortSignal; ms: number };

const deadline = (ms: number) => `${ms / 1_000} s (MEMBERSHIP_DEADLINE_MS)`;

const unavailable = (what: string, cause?: unknown) =>
  new MembershipUnavailable(`The membership service ${what}.`, { cause });

/**
 * Asks a service by POST and answers the JSON that it sent. Whatever else comes, or does not come in time, is
 * MembershipUnavailable, with a reason that names nobody and nothing that was sent.
 */
export async function postJson(url: string, apiKey: string, question: unknown, { signal, ms }: Time): Promise<unknown> {
  const response = await answerTo(url, apiKey, question, { signal, ms });
  const why = response.status === 200 ? whyNoJson(response) : whyNot(response);
  if (why !== null) {
    await response.body?.cancel().catch(() => {});
    throw unavailable(why);
  }
  try {
    return JSON.parse(await textOf(response));
  } catch (error) {
    if (error instanceof MembershipUnavailable) throw error;
    if (signal.aborted) throw unavailable(`has not finished its answer in ${deadline(ms)}`, error);
    // What the parser says of it would quote the answer.
    if (error instanceof SyntaxError) throw unavailable('answers with JSON that is empty or broken');
    throw unavailable('broke its answer off', error);
  }
}

async function answerTo(url: string, apiKey: string, question: unknown, { signal, ms }: Time): Promise<Response> {
  const headers = { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json', Accept: 'application/json' };
  try {
    return await fetch(url, { method: 'POST', headers, body: JSON.stringify(question), redirect: 'manual', signal });
  } catch (cause) {
    if (signal.aborted) throw unavailable(`has not begun to answer in ${deadline(ms)}`, cause);
    throw new NoConnection('The membership service cannot be reached.', { cause });
  }
}

async function textOf({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body ?? []) {
    length += piece.length;
    if (length > LARGEST_ANSWER) throw unavailable(`answers with more than ${LARGEST_ANSWER / 1024} kB`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
