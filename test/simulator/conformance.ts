/** A rule of the carrier that the line follows, where it is written, and the test that shows it. */
export type Conformance = {
  rule: string;
  source: string;
  /** The name of the test, behind the names of what it stands in. */
  test: string;
  /** What decides where the carrier's documentation leaves it open. */
  switch?: string;
};

const from = (source: string, rows: [rule: string, test: string, byDefault?: string][]): Conformance[] =>
  rows.map(([rule, test, switched]) => ({ rule, source, test, ...(switched && { switch: switched }) }));

const requests = from('voice webhooks', [
  [
    'POST by default, as a form',
    'every request about a call > by POST is a form and by GET has no body, and none is JSON',
  ],
  [
    'GET where configured, with every field behind the query as it is written',
    'the address of a request > keeps its query as it is written, with the fields of a GET behind it',
  ],
  [
    'signature, user agent, idempotency token',
    'every request about a call > is signed, says who asks, and has a token of its own',
  ],
  [
    'one idempotency token for every attempt of a request',
    'an answer that is an error > is forgotten when the next attempt succeeds, which is the same request by the same token',
  ],
  [
    'one idempotency token across its redirects',
    'a request that is redirected > is the same request by the same token, and the next one is another',
  ],
  ['cookies by path', 'a cookie is given back > to the folder that it came from and those below'],
  [
    'cookies by domain',
    'a cookie is given back > to its own host, or to the whole domain that it names and that it may name',
  ],
  ['secure cookies', 'a cookie is given back > over https only when it is secure'],
  [
    'cookies expire',
    'a cookie is given back > until it expires, in the time of the line and counted from when it was set',
  ],
  ['cookies of a redirect', 'a cookie set by a redirect goes to where it leads'],
  [
    'cookies are thrown away with the call',
    'the line asks the application > with the cookies of the same call and of no other',
  ],
  [
    '15 s in all, 5 s to connect, twice',
    'the patience of the line > is five seconds to connect, twice, and fifteen in all',
  ],
  ['a connection is tried again once', 'a connection that does not come about > %s'],
  [
    'a connection the server gave up meanwhile costs no attempt',
    'a connection that was kept and that the server has given up costs no attempt',
  ],
  ['`#ct` `#rt` `#tt` `#rc` `#rp`: ranges', 'the patience of the line > is what the fragment "%s" asks for'],
  [
    'a value out of range: the default',
    'the patience of the line > is the usual one where "#%s" asks for what cannot be granted',
  ],
  ['… and a warning', 'the patience of the line > that is refused is warned about, and the call goes on'],
  [
    'the total time ends the retries',
    'a connection that does not come about > is given up when the time for everything is over',
  ],
  [
    '`rt` between two pieces of an answer',
    'an answer that does not come > is not waited for when it stops in the middle',
  ],
  [
    '`rp=rt`: no answer is asked for again',
    'an answer that does not come > is waited for as "#%s" says, in %i requests',
  ],
  [
    '`rp=4xx`, `rp=5xx`, `rp=all`',
    'an answer that is an error > is asked for again as "#%s" says: %i makes %i requests',
  ],
  [
    'a fragment on every kind of address',
    'every address may say how long it is waited for: voice, action, fallback, status and sound',
  ],
  ['a fragment is neither sent nor signed', 'the line asks the application > never with the fragment of the address'],
  ['at most 10 redirects, else 11215', 'a request that is redirected > %s'],
  [
    '301, 302, 303 after POST: GET without Digits',
    'a request that is redirected > by %i becomes a GET of the same fields but the digits',
  ],
  [
    '307, 308 keep the method',
    'a request that is redirected > by %i stays a POST of the same fields',
    '`redirect307`: `keep`, `get`',
  ],
  ['standard fields, unknown ones empty', 'every request about a call > tells %s'],
  [
    'further fields of actions, fallback, status callback',
    'every request about a call > tells the standard fields, what belongs to its kind, and nothing else',
  ],
  ['no order of name', 'every request about a call > tells each field once and in no order of name'],
  [
    '`ringing` at first, `in-progress` later',
    'every request about a call > tells that the call rings at first, then that it is in progress, and in the end that it is over',
  ],
  [
    'status callback: length, time, source, number',
    'when the call is over > the status address is told once, with its length',
  ],
]);

const signatures = from('webhook security', [
  ['HMAC-SHA1 as in the documentation', 'a request is signed > as the example in the carrier’s documentation'],
  ['the official library accepts it', 'a request is signed > so that the official library takes it for genuine'],
  ['fields in order of name', 'a request is signed > whatever the order of its fields'],
  [
    'no fragment, user, password; over https no port',
    'a request is signed > without fragment, user and password, and over https without the port',
  ],
  ['over http with the port', 'a request is signed > with the port over http'],
  [
    'name and password are sent, not signed',
    'the address of a request > may hold a name and a password, which are sent and not signed',
  ],
]);

const answers = from('TwiML documents', [
  ['content types that are TwiML, spoken text, 64 kB', 'an answer is performed > %s'],
  ['encodings', 'an answer is performed > in the encoding that %s'],
  [
    '`audio/*` is played, then the end',
    'an answer is performed > when it is a sound: that is played, and then the line hangs up',
  ],
  ['`<Response/>` is valid', 'an answer is performed > when it is empty inside: the call ends without a word of blame'],
  ['12300, 11750, 12100, 12102, 11200', 'an answer is refused > %s: %i'],
  [
    'fallback with ErrorCode and ErrorUrl goes on',
    'the fallback address > is told which address failed and how, and may go on with the call as often as it takes',
  ],
  ['without fallback the apology', 'an application that > %s is excused and the call ends'],
  [
    'a fallback that fails: the apology',
    'the fallback address > that itself %s is not asked again: the caller hears the excuse',
  ],
  [
    'case, unknown verbs and attributes, wrong values, nesting',
    'what the carrier does not know or take > %s is warned about with its place and passed over',
  ],
  ['the end of the document hangs up', 'how a document ends > the end of it hangs up, and so does an empty one'],
  ['addresses are trimmed, relative, or the document’s own', 'an address in a document > is taken %s'],
  [
    'relative to the final address after redirects',
    'a request that is redirected > leads to an address that may be relative, and its document starts from there',
  ],
  [
    'no action: the final address after redirects',
    'a request that is redirected > and has no action asks the address that answered in the end',
  ],
  ['GET answers are kept by Cache-Control, Expires, ETag, Last-Modified', 'an answer to a GET > %s'],
  ['sounds are kept', 'a sound that is played again > is not fetched again while it is fresh, and by no second call'],
  [
    'sounds are asked after',
    'a sound that is played again > is asked after when it has grown old, and played as it was when nothing has changed',
  ],
  ['POST answers never', 'a document by %s that stays fresh for 20 s is fetched so often in 40 s: %i'],
]);

const errors = from('error and warning dictionary', [
  ['11100 invalid address', 'an application that > has no address on the web is reported as 11100'],
  ['11200 retrieval failure', 'an answer is refused > %s: %i, from a server that knows no better'],
  ['11205 connection failure', 'an application that > is not there at all is reported as 11205'],
  ['11206 not HTTP', 'a server that never stops talking > %s is cut off with little heard'],
  ['11210 bad host', 'an application that > has a name that nobody knows is reported as 11210'],
  [
    '11220 TLS handshake',
    'an application that > speaks no TLS where https was dialled is reported as 11220, and asked once',
  ],
  [
    '11215 also for documents in a circle',
    'an application that > redirects to itself for ever is given up after 100 documents',
  ],
  ['12100 with line and column', 'an answer is refused > with the place where the parser noticed'],
  [
    '15003 callback answered 4xx or 5xx',
    'when the call is over > a status address that answers with an error is warned about with 15003',
  ],
  ['13420 Play', 'Play and Pause > a recording that is missing or none is warned about and passed over'],
  ['13520 Say', 'Say > with nothing to say is warned about'],
  ['13910 Pause', 'Play and Pause > a pause lasts a second unless it says otherwise'],
  ['warnings do not stop the call', 'the patience of the line > that is refused is warned about, and the call goes on'],
  ['whatever a server sends', 'whatever a server does to its answers, the call ends, and every trouble has its code'],
]);

/** What the line does as the carrier does, of requests, signatures, answers and errors. */
export const conformance: readonly Conformance[] = [...requests, ...signatures, ...answers, ...errors];
