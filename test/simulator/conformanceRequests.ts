import { type Conformance, from } from './conformance.ts';

/** What the line does as the carrier does, of requests and of signatures. */
export const requestRows: readonly Conformance[] = [
  ...from('voice webhooks', [
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
      'defaults: 15 s in all, 15 s to read, 5 s to connect, twice',
      'the patience of the line > is five seconds to connect, twice, and fifteen in all, where nothing else is said',
    ],
    [
      'the time to connect, to read and in all is waited out: 11205, then the fallback',
      'the time that an application is given > $what is waited out, and then the fallback is asked',
    ],
    ['a fallback after a wait', 'the fallback address > is asked when the time for an answer is over'],
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
      '301, 302, 303 after POST: GET with the standard fields only',
      'a request that is redirected > by %i becomes a GET without what the action is told',
    ],
    [
      '11216: every other redirect but 307',
      'a request that is redirected > by %i leads nowhere, and the caller hears the excuse',
    ],
    [
      '307 keeps the method',
      'a request that is redirected > by 307 stays a POST of the same fields',
      '`redirect307`: `keep`',
    ],
    [
      '307 becomes GET',
      'a request that is redirected > by 307 becomes a GET where the switch redirect307 says so',
      '`redirect307`: `get`',
    ],
    ['standard fields, CallToken among them, unknown ones empty', 'every request about a call > tells %s'],
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
  ]),
  ...from('webhook security', [
    ['HMAC-SHA1 as in the documentation', 'a request is signed > as the example in the carrier’s documentation'],
    ['the official library accepts it', 'a request is signed > so that the official library takes it for genuine'],
    [
      'Play, recording, progress and partial results are signed too',
      'a request is signed > whatever is asked and told with it: documents, sounds, what was said, recordings and how calls go',
    ],
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
  ]),
];
