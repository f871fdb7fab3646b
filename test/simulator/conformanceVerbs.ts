import { type Conformance, from } from './conformance.ts';

/** What the line does as the carrier does, of verbs that lead elsewhere and of the life of a call. */
export const verbRules: readonly Conformance[] = [
  ...from('TwiML verbs', [
    [
      'A missing or empty action, and an empty Redirect, are the current document',
      'an empty Redirect asks for the same document, and so does an action that is missing or empty',
    ],
    ['Redirect method is POST, or GET', 'a Redirect asks by POST, or by GET where the application wants that'],
    ['Redirect and Hangup end the document', 'nothing is heard after Hangup or Redirect'],
    ['Hangup as first verb answers and ends the call', 'a Hangup before anything was said answers and ends it'],
    ['Reject as first verb prevents the answer', 'Reject%s as the first verb leaves the call unanswered'],
    ['Reject later only hangs up', 'Reject after something was said only hangs up'],
    ['Dial without action goes on', 'goes on in the same document where the Dial has no action'],
    ['Dial takes a number as text, and ends when the callee hangs up', 'a talk > ends when the other end hangs up'],
    ['Dial timeout', 'hears it ring for as long as the application allows when nobody answers'],
    ['Dial busy', 'hears at once that the officer is busy'],
    ['Dial failed', 'a Dial without a number that can be dialled fails, with a warning'],
    ['Dial timeLimit', 'is cut off when the talk reaches its limit'],
    [
      'Dial: the caller hangs up, the action is still asked',
      'and hangs up in the talk: the application is told so, as of a call that is over',
    ],
    ['Dial: numbers ring in parallel', 'the first to answer talks, and the others ring no more'],
    [
      'Dial sequential: one after the other, each for the whole timeout',
      'ring until one of them answers, each for the whole time',
    ],
    ['Dial: ten at the most are rung', 'of eleven who are named ten are rung'],
    ['Dial Sip: DialSipCallId, DialSipResponseCode', 'an exchange that is dialled has answered %o as SIP says it: %s'],
    ['Number url: whisper before the bridge', 'takes the call with a key, and the caller hears it ring until then'],
    ['Number url: a hang-up there does not connect', 'does not take it, and the two are never connected'],
    ['Number sendDigits', 'digits are sent to who answers before the talk, but to no browser'],
    ['Number status callbacks', 'the progress of a dialled call is told as far as the application asks'],
    [
      'Dial Client and Sip, callerId',
      'browsers and exchanges are rung by their own names, and see the number that the application shows',
    ],
    ['Dial hangupOnStar', 'ends when the caller presses star where the application allows that'],
    ['Dial answerOnBridge', 'answerOnBridge leaves the caller ringing until somebody answers'],
    ['Dial record', 'is recorded where the application wants that'],
    [
      'Dial record -dual: two channels; recordingStatusCallbackEvent in-progress',
      'is recorded on two channels where both sides are wanted apart, and told of when it begins',
    ],
    [
      'Number status callback, completed: RecordingUrl, -Sid, -Duration',
      'that is recorded is told of with it when %s hangs up',
    ],
    ['Number, Client, Sip: each only with attributes of its own', '%s is warned about'],
    ['Number, Sip machineDetection, amdStatusCallback: reported, not simulated', '%s is warned about'],
    [
      'Conference eventCallbackUrl: reported, not simulated',
      'a Conference with %s is joined, and warned about as the carrier does',
    ],
    ['Dial callReason, Sip without sip:, callerId by name, Gather timeout auto', '%s is nothing to warn about'],
    ['Enqueue: only some verbs in waitUrl', 'may not be passed on by the document for who waits'],
    ['QueueResult bridged', 'goes on when the agent has hung up'],
    ['QueueResult hangup', 'and hangs up: the application is told so'],
    ['QueueResult leave, Leave', 'leaves it where the document for who waits says so'],
    ['QueueResult redirected', 'takes a caller out of a queue, whose action is told so and not obeyed'],
    ['QueueResult queue-full', 'finds no room in a full one'],
    ['QueueResult error', 'waits in vain where the document for who waits cannot be had'],
    ['Dial Conference', 'begins with the second caller, and whoever presses star leaves it'],
    ['Conference startConferenceOnEnter, endConferenceOnExit', 'waits for who may begin it, and ends with who ends it'],
    ['Sms and Message', 'that a document sends stand in the outbox and in the transcript, and its action is told'],
    [
      'Refer, Pay, Prompt, Connect, Start, Stop, Stream: reported, skipped',
      '%s is recognised, reported as not simulated and passed over',
    ],
  ]),
  ...from('TwiML verbs, requests', [
    [
      'Dial action: DialCallStatus, -Sid, -Duration, DialBridged',
      'talks to the officer, and then hears the application again',
    ],
    [
      'Enqueue: waitUrl starts again, with its parameters',
      'hears what is played again and again, with the place in the queue',
    ],
    [
      'Dial Queue, and Queue url with its parameters',
      'is taken by an agent, hears a word before, and both hear the application again after the talk',
    ],
  ]),
  ...from('life of a call', [
    [
      'The first verb that needs media answers',
      'the first verb that needs a voice answers it, and a Redirect does not',
    ],
    ['One status callback at the end', 'after %s one status callback tells how the call ended'],
    ['Status callback by GET', 'when the call is over > the status address is told by GET where it is configured so'],
    ['REST Url replaces the document', 'gives it another document, and the running verb is abandoned'],
    ['REST Twiml replaces the document', 'gives it the words themselves'],
    ['REST Status=completed ends the call', 'ends it'],
    ['REST Calls.json calls somebody', 'asks for the document when the call is answered, and is told how it goes on'],
    ['REST Calls.json: what is not simulated is reported', 'is warned of what does not come about, on the call itself'],
    ['REST Messages.json', 'that are sent through the REST interface stand in the outbox'],
    [
      'REST Messages.json StatusCallback: sent, delivered',
      'that are sent and arrive are told of, once each, where the application wants that',
    ],
    ['REST Recordings/{RE}.json', 'what there is to know of a recording is told as the carrier tells it'],
    ['Recordings as WAV, not as MP3', 'a recording is not there as MP3, and the line says why'],
    ['REST errors in the carrier’s shapes', 'is told what it did wrong, with the codes of the carrier'],
    ['A call lasts at most 4 h', 'a call lasts four hours at most'],
  ]),
];
