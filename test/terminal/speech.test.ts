import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Engine,
  findEngine,
  type Speaking,
  type SpeakingCommand,
  speakable,
  speakingCommand,
  speechThrough,
} from '../../src/simulator/terminal/speech.ts';

const engines: Engine[] = ['say', 'powershell', 'espeak-ng', 'festival'];
const harmless = /^[A-Za-z0-9](?:[A-Za-z0-9.,?!: ]|(?<=[A-Za-z0-9])-(?=[A-Za-z0-9]))*$/;

/** Text as an attacker would write it, mixed with anything at all. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.constantFrom(
        '")(system "id")',
        "'; calc; '",
        '$(id)',
        '`id`',
        '| sh',
        '& del',
        '--output',
        '-v',
        '[[slnc 9]]',
      ),
      fc.constantFrom('\\', '"', '\u0022', '\uff02', '\u0122', '\u2019', '\n', '\0', '\x1b]0;', '%PATH%', '<speak>'),
    ),
  )
  .map((parts) => parts.join(''));

describe('a text that is to be spoken', () => {
  test('keeps its words, digits and pauses', () => {
    expect(speakable('Total Rp25.500, ya? Tekan 1: "aktif" (kelas-2).')).toBe(
      'Total Rp25.500, ya? Tekan 1: aktif kelas-2 .',
    );
    expect(speakable("José doesn't pay – naïve")).toBe('Jose doesnt pay naive');
  });

  test('cannot be code, an option or a quote, whatever it was', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(speakable(text)).toMatch(new RegExp(`${harmless.source}|^$`));
      }),
    );
  });
});

describe('the command that speaks', () => {
  const built = (engine: Engine, text: string, language: string) =>
    JSON.stringify(speakingCommand(engine, text, language));

  test.each(engines)('of %s is our own constant around a harmless text', (engine) => {
    fc.assert(
      fc.property(hostile, fc.constantFrom('id-ID', 'en-US', '"; rm'), (text, language) => {
        const plain = speakable(text);
        const expected = plain === '' ? undefined : built(engine, 'zzz', language).replace('zzz', plain);
        expect(built(engine, text, language)).toBe(expected);
      }),
    );
  });

  test('speaks Indonesian with the voice of each system', () => {
    expect(speakingCommand('espeak-ng', 'Halo', 'id-ID')).toEqual({
      command: 'espeak-ng',
      args: ['-v', 'id', '--stdin'],
      input: 'Halo',
    });
    expect(speakingCommand('say', 'Halo', 'id-ID')?.args).toEqual(['-v', 'Damayanti', 'Halo']);
    expect(speakingCommand('say', 'Hello', 'en-US')?.args).toEqual(['Hello']);
    expect(speakingCommand('festival', 'Halo', 'id-ID')).toEqual({
      command: 'festival',
      args: ['--pipe'],
      input: '(SayText "Halo")',
    });
    expect(speakingCommand('powershell', 'Halo', 'id-ID')?.args.join()).toContain("SelectVoice('Microsoft Andika')");
  });
});

describe('speech', () => {
  const spoken = () => {
    const said: string[] = [];
    let current: PromiseWithResolvers<boolean>;
    const run = ({ input }: SpeakingCommand): Speaking => {
      said.push(input);
      current = Promise.withResolvers<boolean>();
      return { ended: current.promise, stop: () => said.push('(stopped)') };
    };
    const ends = async (well = true) => {
      current.resolve(well);
      await current.promise;
    };
    return { said, run, ends };
  };

  test('says one sentence after the other and tells when all are said', async () => {
    const { said, run, ends } = spoken();
    const speech = speechThrough('espeak-ng', run);
    speech.say('satu', 'id-ID');
    speech.say('…', 'id-ID');
    speech.say('dua', 'id-ID');
    expect(said).toEqual(['satu']);
    await ends();
    expect(said).toEqual(['satu', 'dua']);
    await ends();
    await speech.finished();
  });

  test('hushed, it stops its own program and forgets the rest', async () => {
    const { said, run, ends } = spoken();
    const speech = speechThrough('espeak-ng', run);
    speech.say('satu', 'id-ID');
    speech.say('dua', 'id-ID');
    speech.hush();
    await ends(false);
    await speech.finished();
    expect(said).toEqual(['satu', '(stopped)']);
  });

  test('a voice that is not installed is replaced by the own voice of the system, once', async () => {
    const commands: string[][] = [];
    const { promise: thirdEnds, resolve } = Promise.withResolvers<void>();
    const speech = speechThrough('say', ({ args }) => {
      commands.push(args);
      if (commands.length === 3) resolve();
      return { ended: Promise.resolve(!args.includes('-v')), stop: () => {} };
    });
    speech.say('satu', 'id-ID');
    speech.say('dua', 'id-ID');
    await thirdEnds;
    expect(commands).toEqual([['-v', 'Damayanti', 'satu'], ['satu'], ['dua']]);
  });

  test('macOS and Windows always have a voice', () => {
    expect(findEngine('darwin')).toBe('say');
    expect(findEngine('win32')).toBe('powershell');
  });
});
