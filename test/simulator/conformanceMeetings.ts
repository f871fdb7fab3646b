import type { Conformance } from './conformance.ts';

const rows: [rule: string, test: string][] = [
  [
    'Dial Conference: the action hears answered, and of no SID and no duration',
    'begins with the second caller, and whoever presses star leaves it',
  ],
  [
    'Conference: begun, it goes on for the last who is in it',
    'goes on for who is left in it, until that one has had enough',
  ],
  [
    'Dial timeLimit holds in a Conference, also while it has not begun',
    'is left when the time for the Dial is over, also by who is alone in it',
  ],
  [
    'Conference waitUrl: Say, Play, Pause and Redirect, played once',
    'plays what there is for who waits once, and may go on by Redirect',
  ],
  [
    'Conference waitUrl that cannot be had: the Dial ends, the fallback is not asked',
    'is not joined where the document for who waits cannot be had',
  ],
  ['Conference maxParticipants', 'lets nobody in when it is full'],
  [
    'Conference participantLabel and coach: 16025, 13240',
    'is not joined by a second of the same label, nor by who coaches somebody who is not in it',
  ],
  [
    'Conference statusCallback: start, end, join, leave with their parameters',
    'is told who joins and leaves, when it begins and when it is over, and why',
  ],
  [
    'Conference statusCallback, -Event, -Method: those of the first to join',
    'is who the first to join names, and hears only of what was asked for',
  ],
  [
    'Conference record, recordingStatusCallback',
    'a conference is recorded from its beginning to its end where the application wants that',
  ],
  [
    '13230 Conference: muted, 13231 endConferenceOnExit, 13232 startConferenceOnEnter, 13233 waitUrl, 13234 waitMethod',
    'a Conference with %s is joined, and warned about as the carrier does',
  ],
  [
    '13235 Conference: beep, 13239 trim, 16023 participantLabel, 16002 whatever has no code of its own',
    'a Conference with %s is joined, and warned about as the carrier does',
  ],
  [
    'DialCallStatus busy or no-answer: no DialCallDuration, DialBridged false',
    'hears at once that the officer is busy',
  ],
  [
    'Dial with action: the verbs after it are unreachable',
    'never hears what stands behind a Dial with an action, however the Dial ends',
  ],
  [
    'Dial timeout is 30 s, timeLimit four hours',
    'hears it ring for half a minute and may talk for four hours where the application says nothing',
  ],
  ['DialCallStatus canceled', 'and hangs up while it rings: the application is told so too'],
  [
    'Number statusCallbackEvent: answered is told as in-progress, completed without a wish',
    'the progress of a dialled call is told as far as the application asks',
  ],
  ['Number url: only some verbs', 'a document for the callee may not dial or record'],
  [
    'Number url that cannot be had: nobody is connected, the fallback is not asked',
    'a document for the callee that cannot be had connects nobody, and no fallback is asked',
  ],
  [
    'Number url: not taken, DialBridged false',
    'leaves the time of the word in the transcript, which played again goes the same way',
  ],
  [
    'Enqueue: a queue is made on first use, for 1000 at the most',
    'finds one that nobody has named before, and a thousand callers in it at the most',
  ],
  ['Dial Queue: first come, first served', 'who waits longest is taken first'],
  ['Dial Queue: who finds nobody waits for the next', 'is taken at once by an agent who was there before'],
  [
    'Dial Queue: of a queue that is not there fails at once',
    'an agent who dials a queue in which nobody has ever waited goes on at once',
  ],
  ['Dial Queue: timeout', 'an agent who finds nobody in the queue goes on when the time is over'],
  [
    'Queue url: Say, Play, Pause and Redirect',
    'a word before the talk may be said, played and redirected, and nothing more',
  ],
  [
    'Queue url that cannot be had: the waiting call ends, the fallback is not asked',
    'a word before the talk that cannot be had ends the call of who waited, and nobody is connected',
  ],
  ['Enqueue without action goes on', 'goes on in the same document where the Enqueue has no action'],
  [
    'QueuePosition, CurrentQueueSize, MaxQueueSize, AvgQueueTime',
    'is told the second place and how long both have waited on average',
  ],
  ['QueueSid is one for one queue', 'hears of one queue by one SID, from its first document to the end'],
  [
    'Enqueue waitUrl: Redirect, and back to the waitUrl',
    'is led by the document for who waits to another one, and after it hears the first again',
  ],
  ['Enqueue waitUrl: Hangup', 'is hung up on where the document for who waits says so'],
  [
    'Enqueue waitUrl that cannot be had: QueueResult error, the fallback is not asked',
    'waits in vain where the document for who waits cannot be had',
  ],
  ['QueueResult hangup before the bridge', 'and hangs up before the agent is heard: the two were never connected'],
  [
    'QueueResult redirected-from-bridged',
    'takes a caller out of the talk to which a queue has led, and the action is told so',
  ],
  [
    'QueueResult error for a name that is none; no QueueSid, no QueueTime',
    'is in no queue whose name is missing or too long',
  ],
  ['Leave outside a queue', 'Leave outside a queue is warned about and passed over'],
  [
    'Enqueue workflowSid and Task: reported, not simulated',
    'of a Workflow stands in a queue like every other, with a warning',
  ],
  ['16020: a Conference that is full', 'lets nobody in when it is full'],
  [
    '13238: a verb that may not stand in a waitUrl',
    'plays what there is for who waits once, and may go on by Redirect',
  ],
  ['14202: a waitUrl that is none', 'cannot wait at an address that is none'],
  ['Record transcribe: reported, not simulated', 'Record %s is warned about'],
];

/** The rules for calls that meet others: dialled, in queues and in conferences, each with the test that proves it. */
export const meetingRules: readonly Conformance[] = rows.map(([rule, test]) => ({ rule, source: 'TwiML verbs', test }));
