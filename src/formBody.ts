import type { IncomingMessage } from 'node:http';
import { Refused } from './refused.ts';

const LARGEST_BYTES = 64 * 1024;
const FORM = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;
const CHARSET = /;\s*charset\s*=\s*"?([^;"\s]*)/i;

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
    })
    // Only at the end, since whoever is answered while they still send may never read it.
    .on('end', () => {
      const refused = refusalFor(request, bytes);
      if (refused) reject(refused);
      else resolve(Buffer.concat(chunks).toString());
    })
    .on('error', () => reject(new Refused(400, 'The request was broken off.')));
  return promise;
}

/** Why a body of so many bytes, perhaps of none, is not taken for a form. */
function refusalFor({ headers }: IncomingMessage, bytes: number): Refused | null {
  if (bytes > LARGEST_BYTES) return new Refused(413, 'The body is larger than 64 kB.');
  const type = headers['content-type'] ?? '';
  if (!FORM.test(type)) return new Refused(415, 'The body must be application/x-www-form-urlencoded.');
  const charset = CHARSET.exec(type)?.[1] ?? 'utf-8';
  const packed = headers['content-encoding'] || 'identity';
  const isPlain = /^utf-?8$/i.test(charset) && packed.toLowerCase() === 'identity';
  return isPlain ? null : new Refused(415, 'The body must be in UTF-8 and not compressed.');
}
