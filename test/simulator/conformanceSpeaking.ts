import { type Conformance, from } from './conformance.ts';

const asked = 'a caller who is asked for digits';
const silent = 'where the carrier’s own documentation is silent';
const recorded = 'a caller who is recorded';

/** What the line does as the carrier does, of verbs that speak and listen. */
export const speakingRows: readonly Conformance[] = [
  ...from('TwiML verbs', [
    ['Say takes text', 'Say > takes the time of its words, a number counting digit by digit'],
    ['Say takes SSML children', 'Say > reads the text of SSML and counts its breaks as time'],
    ['SSML elements and their attributes', 'in a Say > %s is known with all that it carries'],
    ['Say language, or that of the voice', 'Say > knows its language from the attribute, or else from the voice'],
    ['Say loop, 0 is up to 1000 times', 'Say > is said again as often as loop asks, and a thousand times at loop="0"'],
    ['Say: at most 5000 characters', 'Say > of more than 5000 characters is said up to there, with a warning'],
    [
      'Keys during a Say outside Gather go nowhere',
      `${silent} > keys that nothing listens for are lost`,
      '`typeAhead`: `drop`',
    ],
    ['Play asks by GET without parameters', 'Play and Pause > a WAV is played for as long as it is'],
    ['Play: the ten kinds of sound', 'a Play > of %s lasts as long as the sound'],
    ['Play: an MP3 lasts as long as its frames', 'an MP3 plays for as long as all its frames > %s'],
    [
      'Play loop, 0 is up to 1000 times',
      'a Play > is repeated as often as loop asks, and a thousand times at loop="0", but fetched once',
    ],
    ['Play digits, w and W', 'tones take their time, w half a second and W a whole one'],
    ['Play digits 0-9, A-D, *, #', 'a Play > has the tones of all sixteen keys'],
    [
      'Missing media is reported',
      'Play and Pause > a recording that is missing or none is warned about and passed over',
    ],
    ['Wrong media is reported', 'a Play > %s is warned about and passed over'],
    ['Pause length is 1', 'Play and Pause > a pause lasts a second unless it says otherwise'],
    ['Pause as first verb delays the pick-up', 'when the call is answered > a Pause as the first verb delays it'],
    ['Wrong values are warned about, defaults taken', '%s is warned about, and its default taken'],
    [
      'Gather: a key stops nested audio and counts',
      `${asked} > silences the question with the first key, which counts`,
    ],
    [
      'Gather: the finish key stops nested audio and submits',
      `${asked} > silences the question with the finishing key too, which sends what stands before it`,
    ],
    [
      'Gather: timeout is 5 s, from the end of all nested audio',
      `${asked} > and types nothing hears what stands after the question`,
    ],
    [
      'Gather: finishOnKey is #, numDigits unlimited',
      `${asked} > may type as many digits as they like, a star among them, where the application names no number and no key`,
    ],
    ['Gather: `*` is an ordinary digit', `${asked} > sends a star first, last and alone, as every digit`],
    [
      'Gather: input is dtmf, actionOnEmptyResult false',
      `${asked} > is not heard when they speak, and not sent on when they are silent, where the application says nothing of it`,
    ],
    ['Gather: the timer starts anew at every key', `${asked} > has the whole time again after every key`],
    ['Gather: timeout without digits goes on', `${asked} > and types nothing hears what stands after the question`],
    [
      'Gather: timeout with digits submits them',
      `${asked} > and stops in the middle sends what there is when the time is over`,
    ],
    [
      'Gather: finish key after digits submits without it',
      `${asked} > and types them with the finishing key sends them without it, at once`,
    ],
    [
      'Gather: finish key first is no input',
      `${asked} > and presses only the finishing key has typed nothing, and need not wait`,
    ],
    [
      'Gather: FinishedOnKey is empty where no key has finished',
      `${asked} > and types as many as are wanted sends them at once`,
    ],
    ['Gather: numDigits reached submits at once', `${asked} > and types as many as are wanted sends them at once`],
    [
      'Gather: empty finishOnKey makes every key a digit',
      `${asked} > may use # as a digit where another key finishes, and every key where none does`,
    ],
    ['Gather: method is POST, or GET', `${asked} > sends them by POST, or by GET where the application wants that`],
    [
      'Gather: actionOnEmptyResult, Digits empty',
      `${silent} > an empty result is sent with empty digits`,
      '`emptyDigits`: `empty`',
    ],
    [
      'Gather: actionOnEmptyResult, Digits absent',
      `${silent} > an empty result is sent without digits when the switch says so`,
      '`emptyDigits`: `absent`',
    ],
    ['Gather: keys between two Gathers', `${silent} > keys that nothing listens for are lost`, '`typeAhead`: `drop`'],
    [
      'Gather: keys between two Gathers, kept',
      `${silent} > keys that nothing listens for are kept for the next question when the switch says so`,
      '`typeAhead`: `buffer`',
    ],
    [
      'Gather: keys beyond numDigits',
      'keys beyond numDigits are as keys between two questions: %s',
      '`typeAhead`: `drop`, `buffer`',
    ],
    [
      'Gather: a hang-up sends no action, only the status callback',
      `${asked} > and hangs up meanwhile sends nothing but the end of the call`,
    ],
    [
      'Gather speech: whichever comes first',
      'may press keys only where keys are wanted too, and whichever comes first counts',
    ],
    [
      'Gather: hints, speechModel, profanityFilter, language',
      'a caller who is asked to speak > is understood no better and no worse by %s',
    ],
    [
      'Gather bargeIn false: speech does not stop nested audio, keys do',
      'a caller who is asked to speak > hears the whole question where speech is not to interrupt it, unless they press a key',
    ],
    ['Gather: partialResultCallback', 'is told of sentence by sentence where the application wants partial results'],
    [
      'Record ends by silence, trimmed',
      `${recorded} > ends the recording by silence, which is trimmed unless the application wants it`,
    ],
    [
      'Record: timeout is 5 s, maxLength 3600 s, method POST',
      `${recorded} > may speak for an hour, and pause for five seconds, where the application says nothing of it`,
    ],
    [
      'Record timeout 0: no silence ends it',
      `${recorded} > may be silent as long as they like where no silence ends it`,
    ],
    ['Record ends by length', `${recorded} > is cut off at the longest length`],
    ['Record finishOnKey', `${recorded} > ends it only with the keys that the application names`],
    ['Record playBeep', `${recorded} > hears a beep before it unless the application wants none`],
    [
      'Record without action: the current document',
      `${recorded} > is sent to the same document where the Record has no action`,
    ],
    [
      'An empty recording falls through',
      'a recording in which nothing was said > is none: the document goes on',
      '`emptyRecording`: `falls through`',
    ],
    [
      'An empty recording is told to the action',
      'a recording in which nothing was said > is sent to the action when the switch says so',
      '`emptyRecording`: `tells the action`',
    ],
    ['Record recordingStatusCallback', 'is told when it is complete'],
  ]),
  ...from('TwiML verbs, requests', [
    [
      'Gather speech: SpeechResult, Confidence, speechTimeout',
      'is understood when the pause after the sentence is long enough',
    ],
    [
      'Record ends by key; RecordingUrl, -Duration, -Sid, Digits',
      `${recorded} > ends the recording with a key, and the application can fetch it at once`,
    ],
    [
      'Record ends by hang-up, Digits=hangup',
      `${recorded} > and hangs up: the application is told so, as of a call that is over`,
    ],
  ]),
];
