import type { LineEvent } from '../telephone.ts';
import type { HangUpTime } from './act.ts';
import { type Manner, usualManner } from './manner.ts';
import type { Page } from './page.ts';
import * as paper from './page.ts';
import { warningText } from './warningText.ts';

/**
 * The transcript of what happened on a line. Times in it are those of the same call played again: a key pressed after
 * long thought, an officer who picked up late and a slow network leave no trace, so that playing it gives it again.
 */
export function transcript(events: readonly LineEvent[], manner: Manner = usualManner): string[] {
  const page = paper.blankPage(manner);
  for (const event of events) write(page, event);
  return page.lines;
}

type Event<T extends LineEvent['type']> = Extract<LineEvent, { type: T }>;

function write(page: Page, event: LineEvent): void {
  if (!isAside(event)) paper.endStay(page, event.at);
  if (event.type === 'dialled') paper.writeDown(page, { does: 'dials', number: event.to.replace(/^\+62/, '') });
  else if (event.type === 'says') says(page, event);
  else if (event.type === 'plays') paper.begin(page, event, `< [plays ${event.what}]`);
  else if (event.type === 'pauses') paper.begin(page, event, null);
  else if (event.type === 'listens') listens(page, event);
  else if (event.type === 'records') records(page, event);
  else if (event.type === 'key') key(page, event);
  else if (event.type === 'callerSays') callerSays(page, event);
  else if (event.type === 'requests') paper.finish(page);
  else if (event.type === 'interrupted') interrupted(page, event);
  else if (event.type === 'dials') dials(page, event);
  else if (event.type === 'dialAnswered') dialAnswered(page, event);
  else if (event.type === 'dialEnded') dialEnded(page, event);
  else if (event.type === 'queued') queued(page, event);
  else if (event.type === 'connected') connected(page, event);
  else if (event.type === 'message') message(page, event);
  else if (event.type === 'warning') warning(page, event);
  else if (event.type === 'ended') ended(page, event);
}

/** What happens beside a stay and does not end it; how a caller's hanging up ends it is told by that. */
function isAside(event: LineEvent): boolean {
  return (
    ['key', 'callerSays', 'tells', 'warning'].includes(event.type) || (event.type === 'ended' && event.by === 'caller')
  );
}

function says(page: Page, event: Event<'says'>): void {
  page.language ??= event.language;
  const mark = event.language === page.language ? '' : `[${event.language}] `;
  paper.begin(page, event, `< ${mark}${event.text}`);
}

function listens(page: Page, { at, ms, digits, finishOnKey, again, speech }: Event<'listens'>): void {
  if (!again) {
    paper.finish(page);
    page.speakingFrom = null;
    const many = digits === null ? `digits${finishOnKey && ` and ${finishOnKey}`}` : `up to ${digits} digits`;
    const keys = digits === 1 ? 'a key' : many;
    const what = speech === 'only' ? 'speech' : `${keys}${speech ? ' or speech' : ''}`;
    paper.note(page, `(waits ${ms / 1_000} s for ${what})`);
  }
  page.wait = { at, ms, isFresh: !again };
}

function records(page: Page, { at, ms, finishOnKey, again }: Event<'records'>): void {
  if (!again) {
    paper.finish(page);
    page.speakingFrom = null;
    const keys = finishOnKey === '1234567890*#' ? 'any key' : finishOnKey;
    paper.note(page, `(records until ${keys && `${keys} or `}${ms / 1_000} s of silence)`);
  }
  page.wait = { at, ms, isFresh: !again };
  page.records = finishOnKey;
}

/** A key or a word has ended on the page already what it cut short; what still runs was given up from outside. */
function interrupted(page: Page, { at }: Event<'interrupted'>): void {
  if (page.sound || page.wait || page.dial) paper.giveUp(page, at);
}

function key(page: Page, { key, heard, at }: Event<'key'>): void {
  const talked = talkedMs(page, at);
  if (!heard) lostKey(page, key, at);
  else if (talked !== null) keyInTalk(page, key, talked);
  else if (page.records?.includes(key) === false) paper.writeDown(page, { does: 'presses', keys: key, afterMs: null });
  else paper.type(page, key, at);
}

function keyInTalk(page: Page, key: string, talkedMs: number): void {
  paper.writeDown(page, { does: 'presses in the talk', keys: key, talkedMs });
  if (key === '*' && page.dial) page.dial.talksForMs = talkedMs;
}

/** How long the caller has been talking with somebody; null when they are not. */
function talkedMs(page: Page, at: number): number | null {
  if (page.stay?.what === 'talk') return paper.stayed(page, at);
  const { answeredAt = null, talksForMs = 0 } = page.dial ?? {};
  if (answeredAt === null) return null;
  const { precisionMs } = page.manner;
  return Math.min(Math.round((at - answeredAt) / precisionMs) * precisionMs, talksForMs - 1);
}

function callerSays(page: Page, event: Event<'callerSays'>): void {
  if (!event.heard) lostSentence(page, event);
  else if (event.meanwhile) paper.speakMeanwhile(page, event);
  else paper.speak(page, event);
}

function lostSentence(page: Page, { text, at }: Event<'callerSays'>): void {
  const place = paper.placeInSpeech(page, at);
  if (!place) return;
  paper.writeDown(page, { does: 'says', sentence: text.replace(/\s+/g, ' ').trim(), afterMs: place.afterMs });
  paper.note(page, '(nothing listens)');
}

function queued(page: Page, { where, position, again, at }: Event<'queued'>): void {
  paper.finish(page);
  page.speakingFrom = null;
  page.stay = { at, what: again ? 'wait again' : 'wait' };
  if (!again) paper.note(page, position === 0 ? `(asks for the next of queue ${where})` : `(waits in ${where})`);
}

function connected(page: Page, event: Event<'connected'>): void {
  paper.finish(page);
  page.speakingFrom = null;
  page.stay = { at: event.at, what: 'talk' };
  paper.note(page, `(connected with ${event.with})`);
}

function message(page: Page, { to, body }: Event<'message'>): void {
  paper.finish(page);
  paper.note(page, `(message to ${to}: ${body.replace(/\s+/g, ' ')})`);
}

function lostKey(page: Page, key: string, at: number): void {
  const place = paper.placeInSpeech(page, at);
  // Into a conversation or into silence it changes nothing and need not be played again.
  if (!place) return;
  paper.writeDown(page, { does: 'presses', keys: key, afterMs: place.afterMs });
  paper.note(page, '(nothing listens)');
}

function dials(page: Page, { at, ms, to }: Event<'dials'>): void {
  paper.finish(page);
  page.speakingFrom = null;
  page.dial = { at, ringsForMs: ms, answeredAt: null, talksForMs: page.manner.officerTalksForMs };
  paper.note(page, `(dials ${to})`);
}

function dialAnswered(page: Page, { at, ms, whisperedMs = 0 }: Event<'dialAnswered'>): void {
  if (page.dial) page.dial = { ...page.dial, answeredAt: at, talksForMs: Math.min(ms, page.dial.talksForMs) };
  page.now += whisperedMs;
  paper.writeDown(page, { does: 'officer', how: 'answers' });
}

function dialEnded(page: Page, { status, whisperedMs }: Event<'dialEnded'>): void {
  paper.finish(page);
  if (whisperedMs !== undefined) {
    page.now += whisperedMs;
    paper.writeDown(page, { does: 'officer', how: 'answers' });
    paper.note(page, '(and does not take the call)');
  } else if (status === 'completed') page.now += page.dial?.talksForMs ?? 0;
  else if (status === 'busy') paper.writeDown(page, { does: 'officer', how: 'is busy' });
  else if (status === 'no-answer') {
    page.now += page.dial?.ringsForMs ?? 0;
    paper.writeDown(page, { does: 'officer', how: 'does not answer' });
  } else paper.note(page, status === 'canceled' ? '(rings no more)' : '(cannot be reached)');
  page.dial = null;
}

/** One that comes from outside ends nothing. */
function warning(page: Page, event: Event<'warning'>): void {
  if (!paper.isGoingOn(page, event.at)) paper.finish(page);
  paper.note(page, `! ${warningText(event)}`);
}

function ended(page: Page, { at, by, status }: Event<'ended'>): void {
  if (by === 'caller') paper.writeDown(page, { does: 'hangs up', when: hangUpTime(page, at) });
  else paper.finish(page);
  page.wait = null;
  page.stay = null;
  const who = { caller: 'the caller hung up', carrier: 'the carrier ends the call', application: 'hangs up' }[by];
  const refusal = status === 'busy' ? 'is busy' : status === 'no-answer' ? 'rejects the call' : who;
  paper.note(page, `(${by === 'application' ? refusal : who} after ${duration(page.now)})`);
}

function hangUpTime(page: Page, at: number): HangUpTime {
  const afterMs = paper.interrupt(page, at);
  if (afterMs !== null) return { afterMs };
  const talked = talkedMs(page, at);
  const waited = paper.stayed(page, at);
  page.now += talked ?? waited;
  if (talked !== null) return { talkedMs: talked };
  if (waited > 0) return { waitedMs: waited };
  const isWaitedFor = page.wait?.isFresh || (page.wait && page.records !== null);
  return isWaitedFor || page.dial || page.stay ? 'when it waits' : 'at once';
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
