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
    [
      '12300 content type, 11750 over 64 kB, 12100 empty, white space before `<?xml`, no XML, 12101 version, 12102 root, 11200 4xx and 5xx',
      'an answer is refused > %s: %i',
    ],
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
      '12200 case, unknown verbs and attributes, nesting; wrong values have codes of their own',
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
    [
      '11200 retrieval failure, 12300 no content type',
      'an answer is refused > %s: %i, from a server that knows no better',
    ],
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
    [
      '12100: the & that is to blame, with line and column',
      'an answer is refused > %j with the place of the & that must be written otherwise',
    ],
    ['12200 SSML with attributes of others', 'in a Say > %s is warned about with its place, and the words are said'],
    ['12200 SSML with elements of others', 'in a Say > %s is warned about, and what stands in it is not said'],
    [
      '12200 attributes of Response, Task, Identity, Parameter',
      'an attribute that is not known > on %s is warned about with its place',
    ],
    ['12200 text where none may stand', 'text > directly in %s is warned about with the place, and passed over'],
    [
      '13210 Dial: method, 13212 timeout, 13213 hangupOnStar, 13214 callerId, 13216 timeLimit, 13217 record, 13218 sequential, 13220 ringTone',
      '%s is warned about, and its default taken',
    ],
    ['13221 Number: method, 13222 sendDigits', '%s is warned about, and its default taken'],
    ['13241 Sip: method, 13242 sendDigits', '%s is warned about, and its default taken'],
    ['13215 Dial: what may not stand in it', '%s is warned about'],
    ['13223 Dial: a number that is none, 13243 Sip, 13237 Conference', '%s is warned about, and the document goes on'],
    ['13256 Record: recordingStatusCallback', 'Record %s is warned about'],
    [
      '13310 Gather: finishOnKey (13311 has the same text and is never sent)',
      '%s is warned about, and its default taken',
    ],
    [
      '13312 Gather: method, 13313 timeout, 13314 numDigits, 13326 input, 13338 actionOnEmptyResult',
      '%s is warned about, and its default taken',
    ],
    [
      '13320 Gather: what may not stand in it',
      'what the carrier does not know or take > %s is warned about with its place and passed over',
    ],
    ['13321 Say in a Gather: voice, 13322 loop', '%s is warned about, and its default taken'],
    ['13325 Play in a Gather: content type', 'a Play > %s is warned about and passed over'],
    [
      '13327 Gather: speechTimeout, 13328 maxSpeechTime, 13329 partialResultCallbackMethod, 13330 hints, 13331 language',
      '%s is warned about, and its default taken',
    ],
    [
      '13332 Gather: bargeIn, 13333 profanityFilter, 13334 speechModel, 13335 speechTimeout auto with a model',
      '%s is warned about, and its default taken',
    ],
    ['13410 Play: loop', '%s is warned about, and its default taken'],
    [
      '13420 Play: content type',
      'Play and Pause > a recording that is missing or none is warned about and passed over',
    ],
    ['13430 Play: digits', '%s is warned about, and the document goes on'],
    ['13510 Say: loop, 13511 voice, 13512 language', '%s is warned about, and its default taken'],
    ['13520 Say: no text', 'Say > with nothing to say is warned about'],
    ['13521 Say: over 5000 characters', 'Say > of more than 5000 characters is said up to there, with a warning'],
    [
      '13610 Record: method, 13611 timeout, 13612 maxLength, 13613 finishOnKey, 13614 transcribe, 13616 playBeep',
      '%s is warned about, and its default taken',
    ],
    [
      '13621 Record: recordingStatusCallbackEvent, 13622 recordingTrack, 13699 trim',
      '%s is warned about, and its default taken',
    ],
    ['13710 Redirect: method', '%s is warned about, and its default taken'],
    ['13810 Reject: reason', '%s is warned about, and its default taken'],
    ['13910 Pause: length', 'Play and Pause > a pause lasts a second unless it says otherwise'],
    ['14104 Sms: method', '%s is warned about, and its default taken'],
    ['14101 Sms: to, 14102 from, 14103 body', 'text messages > that cannot be sent are warned about: %s'],
    ['14201 Enqueue: method, 14206 waitUrlMethod', '%s is warned about, and its default taken'],
    [
      '14204 Enqueue: a name too short, 14205 too long; 14212 Queue: a name too short, 14213 too long',
      '%s is warned about, and the document goes on',
    ],
    ['14207 Enqueue: a queue that is full', 'a caller in a queue > finds no room in a full one'],
    ['14210 Queue: method', '%s is warned about, and its default taken'],
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
