import type { IncomingMessage } from 'node:http';
import { Refused } from './refused.ts';

const LARGEST_BYTES = 64 * 1024;
const FORM = /^application\/x-www-form-urlencoded *(?:; *charset="?([^;" ]*)"? *)?$/i;

/**
 * The body of a request, a form of at most 64 kB in UTF-8, as it was sent. Express's own reader understands whatever there
 * is on the web, and every turn pays for it.
 */
export function formBody(request: IncomingMessage): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const chunks: Buffer[] = [];
  let bytes = 0;
  request
    .on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= LARGEST_BYTES) chunks.push(chunk);
      else reject(new Refused(413, 'The body is larger than 64 kB.'));
    })
    .on('end', () => {
      const refused = refusalFor(request);
      if (refused) reject(refused);
      else resolve(Buffer.concat(chunks).toString());
    })
    .on('error', () => reject(new Refused(400, 'The request was broken off.')));
  return promise;
}

/** Why a body like this, which may be empty, cannot be read. */
function refusalFor({ headers }: IncomingMessage): Refused | null {
  const { 'content-type': type = '', 'content-encoding': packed = 'identity' } = headers;
  const form = FORM.exec(type);
  if (!form) return new Refused(415, 'The body must be application/x-www-form-urlencoded.');
  const isPlain = /^(?:utf-?8)?$/i.test(form[1] ?? '') && packed === 'identity';
  return isPlain ? null : new Refused(415, 'The body must be in UTF-8 and not compressed.');
}
