/** A rule of the carrier, where it stands, and the test of that name; `switch` is what turns an uncertain one. */
export type Rule = { rule: string; source: string; test: string; switch?: string };

type Row = [rule: string, test: string, turnedBy?: string];

const from = (source: string, rows: readonly Row[]): Rule[] =>
  rows.map(([rule, test, turnedBy]) => ({ rule, source, test, ...(turnedBy && { switch: turnedBy }) }));

/** The rules for verbs and the life of a call, each with the test that proves it. */
export const verbRules: readonly Rule[] = [
  ...from('TwiML verbs', [
    ['Say takes text', 'takes the time of its words, a number counting digit by digit'],
    ['Say takes SSML children', 'reads the text of SSML and counts its breaks as time'],
    ['loop 0 is up to 1000 times', 'is said again as often as loop asks, and a thousand times at loop="0"'],
    [
      'Keys during a Say outside Gather go nowhere',
      'keys that nothing listens for are lost',
      '`typeAhead`: `drop`, `buffer`',
    ],
    ['Play asks by GET without parameters', 'a WAV is played for as long as it is'],
    ['Play digits, w and W', 'tones take their time, w half a second and W a whole one'],
    ['Missing or wrong media is reported', 'a recording that is missing or none is warned about and passed over'],
    ['Pause length is 1', 'a pause lasts a second unless it says otherwise'],
    ['Pause as first verb delays the pick-up', 'a Pause as the first verb delays it'],
    [
      'A missing or empty action, and an empty Redirect, are the current document',
      'an empty Redirect asks for the same document, and so does an action that is missing or empty',
    ],
    ['Wrong values are warned about, defaults taken', '%s is warned about, and its default taken'],
    ['Gather: a key stops nested audio and counts', 'silences the question with the first key, which counts'],
    ['Gather: the timer starts anew at every key', 'has the whole time again after every key'],
    ['Gather: timeout without digits goes on', 'and types nothing hears what stands after the question'],
    ['Gather: timeout with digits submits them', 'and stops in the middle sends what there is when the time is over'],
    [
      'Gather: finish key after digits submits without it',
      'and types them with the finishing key sends them without it, at once',
    ],
    ['Gather: finish key first is no input', 'and presses only the finishing key has typed nothing, and need not wait'],
    ['Gather: numDigits reached submits at once', 'and types as many as are wanted sends them at once'],
    [
      'Gather: empty finishOnKey makes every key a digit',
      'may use # as a digit where another key finishes, and every key where none does',
    ],
    [
      'Gather: actionOnEmptyResult, Digits empty or absent',
      'an empty result is sent without digits when the switch says so',
      '`emptyDigits`: `empty`, `absent`',
    ],
    [
      'Gather: keys between two Gathers',
      'keys that nothing listens for are kept for the next question when the switch says so',
      '`typeAhead`: `drop`, `buffer`',
    ],
    [
      'Gather: keys beyond numDigits',
      'keys beyond numDigits are as keys between two questions: %s',
      '`typeAhead`: `drop`, `buffer`',
    ],
    ['Gather: a hang-up sends no action', 'and hangs up meanwhile sends nothing but the end of the call'],
    [
      'Gather speech: whichever comes first',
      'may press keys only where keys are wanted too, and whichever comes first counts',
    ],
    ['Gather: partialResultCallback', 'is told of sentence by sentence where the application wants partial results'],
    ['Redirect and Hangup end the document', 'nothing is heard after Hangup or Redirect'],
    ['Reject as first verb prevents the answer', 'Reject%s as the first verb leaves the call unanswered'],
    ['Reject later only hangs up', 'Reject after something was said only hangs up'],
    [
      'Record ends by silence, trimmed',
      'ends the recording by silence, which is trimmed unless the application wants it',
    ],
    ['Record ends by length', 'is cut off at the longest length'],
    ['Record finishOnKey', 'ends it only with the keys that the application names'],
    ['Record playBeep', 'hears a beep before it unless the application wants none'],
    ['Record without action: the current document', 'is sent to the same document where the Record has no action'],
    [
      'An empty recording falls through',
      'is none: the document goes on',
      '`emptyRecording`: `falls through`, `tells the action`',
    ],
    ['Record recordingStatusCallback', 'is told when it is complete'],
    ['Dial without action goes on', 'goes on in the same document where the Dial has no action'],
    ['Dial timeout', 'hears it ring for as long as the application allows when nobody answers'],
    ['Dial busy', 'hears at once that the officer is busy'],
    ['Dial failed', 'a Dial without a number that can be dialled fails, with a warning'],
    ['Dial timeLimit', 'is cut off when the talk reaches its limit'],
    [
      'Dial: the caller hangs up, the action is still asked',
      'and hangs up in the talk: the application is told so, as of a call that is over',
    ],
    ['Dial: numbers ring in parallel', 'the first to answer talks, and the others ring no more'],
    ['Number url: whisper before the bridge', 'takes the call with a key, and the caller hears it ring until then'],
    ['Number url: a hang-up there does not connect', 'does not take it, and the two are never connected'],
    ['Number sendDigits', 'digits are sent to who answers before the talk'],
    ['Number status callbacks', 'the progress of a dialled call is told as far as the application asks'],
    [
      'Dial Client and Sip, callerId',
      'browsers and exchanges are rung by their own names, and see the number that the application shows',
    ],
    ['Dial hangupOnStar', 'ends when the caller presses star where the application allows that'],
    ['Dial answerOnBridge', 'answerOnBridge leaves the caller ringing until somebody answers'],
    ['Dial record', 'is recorded where the application wants that'],
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
      'Gather speech: SpeechResult, Confidence, speechTimeout',
      'is understood when the pause after the sentence is long enough',
    ],
    [
      'Record ends by key; RecordingUrl, -Duration, -Sid, Digits',
      'ends the recording with a key, and the application can fetch it at once',
    ],
    ['Record ends by hang-up, Digits=hangup', 'and hangs up: the application is told so, as of a call that is over'],
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
    ['REST Url replaces the document', 'gives it another document, and the running verb is abandoned'],
    ['REST Twiml replaces the document', 'gives it the words themselves'],
    ['REST Status=completed ends the call', 'ends it'],
    ['REST Calls.json calls somebody', 'asks for the document when the call is answered, and is told how it goes on'],
    ['REST Messages.json', 'that are sent through the REST interface stand in the outbox'],
    ['REST errors in the carrier’s shapes', 'is told what it did wrong, with the codes of the carrier'],
    ['A call lasts at most 4 h', 'a call lasts four hours at most'],
  ]),
];
