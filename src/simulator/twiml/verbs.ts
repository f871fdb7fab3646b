import { dial } from './dial.ts';
import { enqueue } from './enqueue.ts';
import { gather } from './gather.ts';
import { hangup } from './hangup.ts';
import { leave } from './leave.ts';
import { pause } from './pause.ts';
import { play } from './play.ts';
import { record } from './record.ts';
import { redirect } from './redirect.ts';
import { reject } from './reject.ts';
import { say } from './say.ts';
import { message, sms } from './sms.ts';
import type { Verb } from './verb.ts';

/** Every verb that the line obeys. */
export const verbs: ReadonlyMap<string, Verb> = new Map([
  ['Say', say],
  ['Play', play],
  ['Pause', pause],
  ['Gather', gather],
  ['Redirect', redirect],
  ['Dial', dial],
  ['Record', record],
  ['Enqueue', enqueue],
  ['Leave', leave],
  ['Sms', sms],
  ['Message', message],
  ['Hangup', hangup],
  ['Reject', reject],
]);

/** Verbs of the carrier that the line knows but does not act out. */
export const notSimulated: ReadonlySet<string> = new Set([
  ...['Refer', 'Pay', 'Prompt', 'Connect', 'Start', 'Stop', 'Stream', 'Siprec', 'Transcription', 'Echo', 'Queue'],
]);
