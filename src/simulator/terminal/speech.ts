import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

/** Says sentences one after another, until it is told to be quiet. */
export type Speech = {
  say(text: string, language: string): void;
  /** Stops in the middle of the word and forgets what was still to be said. */
  hush(): void;
  /** Resolves when everything has been said. */
  finished(): Promise<void>;
};

/** The programs that can speak: `say` on macOS, PowerShell on Windows, one of the others on Linux. */
export type Engine = 'say' | 'powershell' | 'espeak-ng' | 'festival';

/** A program to run without any shell, and what it reads on its standard input. */
export type SpeakingCommand = { command: string; args: string[]; input: string };

/** A sentence on its way: `ended` tells whether it was spoken to its end. */
export type Speaking = { ended: Promise<boolean>; stop(): void };

type SayPackage = {
  Say: new (
    platform: string,
  ) => {
    buildSpeakCommand(wish: { text: string; voice?: string }): { command: string; args: string[]; pipedData: string };
  };
};

const LONGEST_TEXT = 5_000;
const PLATFORM_OF = { say: 'darwin', powershell: 'win32', festival: 'linux' } as const;
const INDONESIAN_VOICE = { say: 'Damayanti', powershell: 'Microsoft Andika', festival: undefined } as const;

/** What a tester without a voice can do about it. */
export const SPEECH_ADVICE = 'No voice found, so the call is silent. On Debian or Ubuntu: sudo apt install espeak-ng';

/**
 * Reduces a text until it can be read aloud and never be anything else: plain letters, digits, `. , ? ! :` and
 * hyphens inside words. Festival is given Scheme, macOS an argument, Windows a PowerShell: in all of them a quote, a
 * bracket or a leading hyphen could be code. Only ASCII stays, so no encoding can turn a letter into one of those.
 */
export function speakable(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .replace(/[^A-Za-z0-9.,?!:-]/g, ' ')
    .slice(0, LONGEST_TEXT)
    .replace(/(?<![A-Za-z0-9])-+|-+(?![A-Za-z0-9])/g, ' ')
    .replace(/^[^A-Za-z0-9]+/, '')
    .replace(/ +/g, ' ')
    .trim();
}

/** The command with which an engine says a text; undefined when nothing of the text can be spoken. */
export function speakingCommand(
  engine: Engine,
  text: string,
  language: string,
  ownVoice = true,
): SpeakingCommand | undefined {
  const plain = speakable(text);
  if (plain === '') return undefined;
  const indonesian = language.toLowerCase().startsWith('id');
  if (engine === 'espeak-ng') {
    return { command: engine, args: ['-v', indonesian ? 'id' : 'en', '--stdin'], input: plain };
  }
  // Only the building of the command is taken from `say`: it would use a shell on Windows, and on Linux it stops
  // speech by killing whichever process has the child's number plus two.
  const { Say } = createRequire(import.meta.url)('say') as SayPackage;
  const voice = indonesian && ownVoice ? INDONESIAN_VOICE[engine] : undefined;
  const built = new Say(PLATFORM_OF[engine]).buildSpeakCommand({ text: plain, ...(voice && { voice }) });
  return { command: built.command, args: built.args, input: built.pipedData };
}

/** The engine of this machine, or undefined when it has none. */
export function findEngine(platform: NodeJS.Platform = process.platform): Engine | undefined {
  if (platform === 'darwin') return 'say';
  if (platform === 'win32') return 'powershell';
  const answers = (engine: Engine) => spawnSync(engine, ['--version'], { stdio: 'ignore' }).error === undefined;
  return (['espeak-ng', 'festival'] as const).find(answers);
}

/** Speech through one engine: one sentence at a time, in the order in which they came. */
export function speechThrough(engine: Engine, run: (command: SpeakingCommand) => Speaking = runAlone): Speech {
  let queue: { text: string; language: string }[] = [];
  let speaking: Speaking | undefined;
  let ownVoice = true;
  const waiting: (() => void)[] = [];
  const next = () => {
    const sentence = queue.shift();
    if (sentence === undefined) return waiting.splice(0).forEach((resolve) => void resolve());
    const command = speakingCommand(engine, sentence.text, sentence.language, ownVoice);
    if (command === undefined) return next();
    const current = run(command);
    speaking = current;
    current.ended.then((spoken) => {
      if (speaking !== current) return;
      speaking = undefined;
      // The Indonesian voice is not installed everywhere; the system's own reads on.
      if (!spoken && ownVoice) {
        ownVoice = false;
        queue.unshift(sentence);
      }
      next();
    });
  };
  const hush = () => {
    queue = [];
    speaking?.stop();
    speaking = undefined;
    next();
  };
  return {
    say(text, language) {
      queue.push({ text, language });
      if (speaking === undefined) next();
    },
    hush,
    finished: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (speaking === undefined) next();
      }),
  };
}

function runAlone({ command, args, input }: SpeakingCommand): Speaking {
  const ownGroup = process.platform !== 'win32';
  // In a process group of its own, so that the player which festival starts is stopped together with it.
  const child = spawn(command, args, { detached: ownGroup, stdio: ['pipe', 'ignore', 'ignore'], windowsHide: true });
  const stop = () => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    if (ownGroup) process.kill(-child.pid);
    else child.kill();
  };
  process.once('exit', stop);
  const ended = new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });
  // A program that has gone before it read everything is noticed by its end.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return { ended: ended.finally(() => process.removeListener('exit', stop)), stop };
}
