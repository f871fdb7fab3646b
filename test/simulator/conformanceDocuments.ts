import { type Conformance, from } from './conformance.ts';

/** What the line does as the carrier does, of answers and of what is wrong with them. */
export const documentRows: readonly Conformance[] = [
  ...from('TwiML documents', [
    ['content types that are TwiML, spoken text, 64 kB', 'an answer is performed > %s'],
    ['encodings', 'an answer is performed > in the encoding that %s'],
    [
      '`audio/*` is played, then the end',
      'an answer is performed > when it is a sound: that is played, and then the line hangs up',
    ],
    [
      '`<Response/>` is valid',
      'an answer is performed > when it is empty inside: the call ends without a word of blame',
    ],
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
  ]),
  ...from('error and warning dictionary', [
    ['11100 invalid address', 'an application that > has no address on the web is reported as 11100'],
    [
      '11100 an action that is no address: the fallback, or the apology',
      'the fallback address > is asked where an action is no address: "%s"',
    ],
    ['11100 a Play without an address, or with a wrong one', '%s is warned about, and the document goes on'],
    ['11200 retrieval failure', 'an answer is refused > %s: %i, from a server that knows no better'],
    ['11205 connection failure', 'an application that > is not there at all is reported as 11205'],
    ['11206 not HTTP', 'a server that never stops talking > %s is cut off with little heard'],
    ['11210 bad host', 'an application that > has a name that nobody knows is reported as 11210'],
    [
      '11215 also for documents in a circle',
      'an application that > redirects to itself for ever is given up after 100 documents',
    ],
    ['11216 a redirect to nowhere', 'an application that > %s is excused and the call ends'],
    [
      '11220 TLS handshake',
      'an application that > speaks no TLS where https was dialled is reported as 11220, and asked once',
    ],
    ['12100 with line and column', 'an answer is refused > with the place where the parser noticed'],
    ['12200 SSML with attributes of others', 'in a Say > %s is warned about with its place, and the words are said'],
    ['12200 SSML with elements of others', 'in a Say > %s is warned about, and what stands in it is not said'],
    [
      '12200 attributes of Response, Task, Identity, Parameter',
      'an attribute that is not known > on %s is warned about with its place',
    ],
    ['12200 text where none may stand', 'text > directly in %s is warned about with the place, and passed over'],
    ['13210–13217, 13221 Dial and Number: wrong values', '%s is warned about, and its default taken'],
    ['13215, 13222 Dial: what may not stand in it, sendDigits', '%s is warned about'],
    ['13223, 13237 Dial: no number, no conference', '%s is warned about, and the document goes on'],
    ['13256 Record: recordingStatusCallback', 'Record %s is warned about'],
    ['13310, 13312–13314, 13326, 13338 Gather: wrong values', '%s is warned about, and its default taken'],
    [
      '13320 Gather: what may not stand in it',
      'what the carrier does not know or take > %s is warned about with its place and passed over',
    ],
    ['13321, 13322 Say in a Gather: voice, loop', '%s is warned about, and its default taken'],
    ['13325 Play in a Gather: content type', 'a Play > %s is warned about and passed over'],
    ['13327–13335 Gather: wrong values for speech', '%s is warned about, and its default taken'],
    ['13410 Play: loop', '%s is warned about, and its default taken'],
    ['13420 Play', 'Play and Pause > a recording that is missing or none is warned about and passed over'],
    ['13430 Play: digits', '%s is warned about, and the document goes on'],
    ['13510–13512 Say: loop, voice, language', '%s is warned about, and its default taken'],
    ['13520 Say', 'Say > with nothing to say is warned about'],
    ['13521 Say: over 5000 characters', 'Say > of more than 5000 characters is said up to there, with a warning'],
    ['13610–13614, 13616, 13621, 13622, 13699 Record: wrong values', '%s is warned about, and its default taken'],
    ['13710 Redirect: method', '%s is warned about, and its default taken'],
    ['13810 Reject: reason', '%s is warned about, and its default taken'],
    ['13910 Pause', 'Play and Pause > a pause lasts a second unless it says otherwise'],
    ['14104 Sms: method', '%s is warned about, and its default taken'],
    ['14201, 14206 Enqueue: methods', '%s is warned about, and its default taken'],
    ['14204, 14205, 14212, 14213 Enqueue, Queue: names', '%s is warned about, and the document goes on'],
    [
      '15003 callback answered 4xx or 5xx',
      'when the call is over > a status address that answers with an error is warned about with 15003',
    ],
    [
      'warnings do not stop the call',
      'the patience of the line > that is refused is warned about, and the call goes on',
    ],
    ['whatever a server sends', 'whatever a server does to its answers, the call ends, and every trouble has its code'],
  ]),
];
