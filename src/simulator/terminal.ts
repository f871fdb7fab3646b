import type { LineEvent, Telephone } from './telephone.ts';
import { closingSentence, renderEntry, renderLive } from './terminal/frame.ts';
import { type Gesture, type Input, keyboardOn } from './terminal/keyboard.ts';
import { hear, type OtherEnd, openingScene } from './terminal/scene.ts';
import { type Output, screenOn } from './terminal/screen.ts';
import type { Speech } from './terminal/speech.ts';

/** What a telephone in a terminal is made of. */
export type TerminalOptions = {
  input: Input;
  output: Output;
  /** Lines that stand above the call: what is dialled, and the keys. */
  introduction: readonly string[];
  colour: boolean;
  /** What somebody is called whom the application dials: the other end by default. */
  callee?: string;
  /** Says aloud what the line says; without it the call is only read. */
  speech?: Speech;
  /** Begins to note what else goes on beside this call; answers how to stop that. */
  notices?: (note: (text: string) => void) => () => void;
  /** Real time in milliseconds. */
  now?: () => number;
};

const REDRAW_MS = 100;
const LAST_CALLBACK_MS = 5_000;
const QUIT_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Puts a telephone into a person's hand until the call is over. Resolves to `left` when the person did not wait for
 * the last status callback.
 */
export async function holdInTerminal(telephone: Telephone, options: TerminalOptions): Promise<'ended' | 'left'> {
  const { speech } = options;
  const picture = pictureOf(options);
  const parting = partingFrom(telephone, speech);
  const keyboard = keyboardOn(options.input, (gesture) =>
    gesture === 'hangUp' ? parting.hangUp() : act(gesture, telephone, picture),
  );
  const listenIn = otherEndsOf(telephone, picture, keyboard.asked);
  const onEvent = (event: LineEvent) => {
    picture.show(event);
    if (event.type === 'dials') listenIn();
    const asked = asksNow(event);
    if (asked !== undefined) keyboard.asked(asked);
    if (speech !== undefined) speakAlong(event, speech);
    if (event.type === 'ended') parting.expectTheEnd();
  };
  const stopNotices = options.notices?.(picture.note);
  telephone.events.forEach(onEvent);
  const stopListening = telephone.onEvent(onEvent);
  try {
    return await parting.farewell;
  } finally {
    parting.close();
    stopListening();
    stopNotices?.();
    speech?.hush();
    keyboard.close();
    picture.close();
  }
}

/** How the person and the call part: hanging up waits for the last status callback, doing so again does not. */
function partingFrom(telephone: Telephone, speech: Speech | undefined) {
  const { promise: farewell, resolve: leave, reject: breakDown } = Promise.withResolvers<'ended' | 'left'>();
  let patience: NodeJS.Timeout | undefined;
  const finish = () => (speech?.finished() ?? Promise.resolve()).then(() => leave('ended'));
  const expectTheEnd = () => {
    patience ??= setTimeout(finish, LAST_CALLBACK_MS);
  };
  const hangUp = () => {
    if (patience !== undefined) return leave('left');
    expectTheEnd();
    speech?.hush();
    telephone.hangUp();
  };
  for (const signal of QUIT_SIGNALS) process.on(signal, hangUp);
  telephone.ended.then(finish).catch(breakDown);
  const close = () => {
    clearTimeout(patience);
    for (const signal of QUIT_SIGNALS) process.removeListener(signal, hangUp);
  };
  return { farewell, expectTheEnd, hangUp, close };
}

type Picture = ReturnType<typeof pictureOf>;

/** The call as it is drawn: folds what happens into a scene and shows it, ten times a second while time runs. */
function pictureOf({ output, colour, introduction, callee, now = () => performance.now() }: TerminalOptions) {
  const screen = screenOn(output, colour);
  let scene = openingScene(introduction, callee);
  let draft: string | null = null;
  let printed = 0;
  let dialledAt = now();
  const lineTime = () => now() - dialledAt;
  const draw = () => {
    const lasting = scene.log.slice(printed).flatMap((entry) => renderEntry(entry, screen.look));
    printed = scene.log.length;
    screen.draw(lasting, renderLive(scene, lineTime(), screen.look, draft));
  };
  const timer = setInterval(draw, REDRAW_MS);
  draw();
  return {
    lineTime,
    doing: () => scene.doing.what,
    write(text: string | null) {
      draft = text;
      draw();
    },
    note(text: string) {
      scene = { ...scene, log: [...scene.log, { kind: 'note', text }] };
      draw();
    },
    show(event: LineEvent | OtherEnd) {
      dialledAt = now() - event.at;
      scene = hear(scene, event);
      draw();
    },
    close() {
      clearInterval(timer);
      screen.draw(renderEntry({ kind: 'note', text: closingSentence(scene) }, screen.look), []);
      screen.close();
    },
  };
}

function act(gesture: Exclude<Gesture, 'hangUp'>, telephone: Telephone, picture: Picture): void {
  if (gesture !== 'nothing' && 'draft' in gesture) picture.write(gesture.draft);
  else if (gesture !== 'nothing' && 'unknown' in gesture)
    picture.note(`${JSON.stringify(gesture.unknown)} means nothing: keys are 0-9 * #, and a sentence stands in "…"`);
  else if (gesture === 'nothing' || picture.doing() === 'over') return;
  else if ('say' in gesture) telephone.speak(gesture.say);
  else if ('press' in gesture) telephone.press(gesture.press);
  else if ('otherEnd' in gesture) {
    for (const { press, hangUp } of telephone.callees) {
      if (gesture.otherEnd === 'hangUp') hangUp();
      else press(gesture.otherEnd);
    }
  } else if (picture.doing() === 'ringing') {
    const { officer } = gesture;
    if (!officer.answers && officer.because === 'no-answer')
      picture.show({ type: 'officerStaysAway', at: picture.lineTime() });
    telephone.otherEnd(officer);
  }
}

/** Shows what is said at the other end before the two are connected, and when a key is wanted there; called anew at each Dial. */
function otherEndsOf({ callees }: Telephone, picture: Picture, asked: (open: boolean) => void): () => void {
  let known = 0;
  return () => {
    for (const callee of callees.slice(known))
      callee.onEvent((event) => {
        const at = picture.lineTime();
        if (event.type === 'answered') picture.show({ type: 'otherEndAnswers', at });
        if (event.type === 'listens') asked(true);
        if (event.type === 'says')
          picture.show({ type: 'otherEndHears', at, text: event.text.replace(/\s+/g, ' ').trim() });
      });
    known = callees.length;
  };
}

/** Whether a question opens or closes with this event; undefined when it stays as it is. */
function asksNow(event: LineEvent): boolean | undefined {
  if (event.type === 'dials') return true;
  if (event.type === 'listens' || event.type === 'records') return event.again ? undefined : true;
  if (event.type === 'queued') return true;
  return ['key', 'callerSays', 'tells', 'warning', 'dialDecided'].includes(event.type) ? undefined : false;
}

function speakAlong(event: LineEvent, speech: Speech): void {
  if (event.type === 'says') speech.say(event.text, event.language);
  const cutShort = event.type === 'interrupted' || (event.type === 'key' && event.heard);
  if (cutShort || (event.type === 'ended' && event.by === 'caller')) speech.hush();
}
