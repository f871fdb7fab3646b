import { expect, test } from 'vitest';
import { WrongArguments } from '../../src/commands/command.ts';
import { phoneWish } from '../../src/commands/phoneWish.ts';

test('without a word the telephone calls the hotline by POST, in silence, and records nothing', () => {
  expect(phoneWish([])).toMatchObject({
    url: null,
    rewrite: {},
    method: 'POST',
    speak: false,
    save: null,
    token: null,
    account: null,
  });
});

test('every wish is understood', () => {
  const words =
    'http://x/voice --from +6281200000001 --to 1500400 --token t0 --speak --save my-call-2 --method get --rest 4010 --switch typeAhead=buffer';
  const account = `AC${'0f'.repeat(16)}`;
  const rules = [
    '--account',
    account,
    '--switch',
    'emptyRecording=tells the action',
    '--rewrite',
    'https://y=http://z:1',
    '--rewrite',
    'https://localhost:3000/app=http://127.0.0.1:3000',
  ];
  expect(phoneWish([...words.split(' '), '--fallback', 'https://y/f', '--status', 'https://y/s', ...rules])).toEqual({
    url: 'http://x/voice',
    from: '+6281200000001',
    to: '1500400',
    token: 't0',
    account,
    speak: true,
    save: 'my-call-2',
    restPort: 4010,
    switches: { typeAhead: 'buffer', emptyRecording: 'tells the action' },
    method: 'GET',
    fallbackUrl: 'https://y/f',
    statusUrl: 'https://y/s',
    rewrite: { 'https://y': 'http://z:1', 'https://localhost:3000/app': 'http://127.0.0.1:3000' },
  });
});

test.each([
  [
    ['localhost:3000/voice'],
    'The URL is "localhost:3000/voice": give a web address such as http://127.0.0.1:3000/voice',
  ],
  [['file:///etc/passwd'], 'The URL is "file:///etc/passwd": give a web address such as http://127.0.0.1:3000/voice'],
  [['http://x', 'http://y'], 'One URL is called at a time, not 2'],
  [['--from', 'me'], '--from is "me": give a telephone number such as +6281200000001'],
  [['--save', '../up'], '--save is "../up": give a name of small letters, digits and hyphens'],
  [
    ['--rewrite', 'localhost=127.0.0.1'],
    '--rewrite is "localhost=127.0.0.1": give two addresses such as https://localhost:3000=http://127.0.0.1:3000',
  ],
  [
    ['--switch', 'typeAhead=maybe'],
    '--switch is "typeAhead=maybe": give one of emptyDigits=empty|absent, typeAhead=drop|buffer, emptyRecording=falls through|tells the action, redirect307=keep|get',
  ],
  [['--account', 'AC12'], '--account is "AC12": give an AccountSid, AC and 32 hexadecimal digits'],
  [['--rest', 'here'], '--rest is "here": give a port of this machine such as 4010, or 0 for a free one'],
  [['--method', 'PUT'], '--method is "PUT": give GET or POST'],
])('%j is refused in one sentence', (args, sentence) => {
  expect(() => phoneWish(args)).toThrow(new WrongArguments(sentence));
});
