import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { exampleEnvironment, readSettings } from '../../src/config.ts';

const example = readFileSync(join(import.meta.dirname, '../../.env.example'), 'utf8');

const faultsOf = (env: NodeJS.ProcessEnv): string => {
  try {
    readSettings(env);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

test('.env.example lists every setting with its default and its sentence', () => {
  expect(example).toBe(exampleEnvironment());
});

test('a copy of .env.example changes nothing', () => {
  expect(readSettings(parseEnv(example))).toEqual(readSettings({}));
});

test('nobody has to set anything', () => {
  expect(readSettings({})).toEqual({
    host: '127.0.0.1',
    port: 15400,
    dataDir: 'data',
    databaseUrl: null,
    databaseConnections: 10,
    publicBaseUrl: null,
    authToken: null,
    secondaryAuthToken: null,
    dataKey: null,
    consolePassword: null,
    metricsToken: null,
    officerNumber: '+15005550006',
    voiceId: 'Google.id-ID-Wavenet-A',
    voiceEn: 'Google.en-US-Chirp3-HD-Aoede',
    forgetCallsAfterHours: 24,
    forgetRecordsAfterDays: 30,
    lookupFailuresIn15Minutes: 3,
    lookupFailuresADay: 10,
    membershipDeadlineMs: 4000,
    membershipUrl: null,
    membershipApiKey: null,
    askToWaitAfterMs: 1500,
    logLevel: 'info',
    otlpEndpoint: null,
    otlpTracesEndpoint: null,
    tracesExporter: null,
    writeOffAnnouncement: false,
    pretendToday: null,
  });
});

test('an operator sets what differs', () => {
  const key = Buffer.alloc(32, 7);
  const env = {
    PORT: ' 8080 ',
    DATA_KEY: key.toString('base64'),
    WRITE_OFF_ANNOUNCEMENT: 'on',
    PRETEND_TODAY: '2026-02-28',
  };
  expect(readSettings(env)).toMatchObject({
    port: 8080,
    dataKey: key,
    writeOffAnnouncement: true,
    pretendToday: '2026-02-28',
  });
  expect(readSettings({ DATA_KEY: key.toString('hex') }).dataKey).toEqual(key);
});

/** What a hotline must have that a carrier calls. */
const ofACarrier = { OFFICER_NUMBER: '+62215550100', TWILIO_AUTH_TOKEN: 'aTokenOfTheCarrier' };

test.each([
  ['http://localhost:15400', 'http://localhost:15400'],
  ['http://Hotline.Example.org/', 'http://hotline.example.org'],
  ['HTTP://hotline.example.org:80/Path/', 'http://hotline.example.org/Path'],
  ['HTTPS://Hotline.Example.org/a/b//', 'https://hotline.example.org/a/b'],
])('the public address %s is taken as %s', (written, taken) => {
  expect(readSettings({ PUBLIC_BASE_URL: written, ...ofACarrier }).publicBaseUrl).toBe(taken);
});

test('all faults are told in one message, each with what to write instead', () => {
  expect(
    faultsOf({
      PORT: '80000',
      PUBLIC_BASE_URL: 'https://hotline.example.org/?a=1',
      OFFICER_NUMBER: '165',
      LOG_LEVEL: 'loud',
      PRETEND_TODAY: '2026-02-30',
    }),
  ).toBe(
    [
      'These settings are wrong:',
      '  PORT is "80000": give a whole number from 0 to 65535.',
      '  PUBLIC_BASE_URL is "https://hotline.example.org/?a=1": give an http or https address without password, query or fragment, such as https://hotline.example.org.',
      '  OFFICER_NUMBER is "165": give a telephone number with + and country code, such as +62215550100.',
      '  LOG_LEVEL is "loud": give one of trace, debug, info, warn, error, fatal, silent.',
      '  PRETEND_TODAY is "2026-02-30": give a day of the calendar as YYYY-MM-DD, not before 2022-08-01: bills go back 24 months, and contributions are known since 2020-07.',
    ].join('\n'),
  );
});

test.each([
  'ftp://hotline.example.org',
  'hotline.example.org',
  'https://hotline.example.org#ct=1',
  'https://me:secret@hotline.example.org',
])('%s is no public address', (address) => {
  expect(faultsOf({ PUBLIC_BASE_URL: address })).toContain('PUBLIC_BASE_URL');
});

test.each([
  ['https://members.example.org/membership/', 'https://members.example.org/membership'],
  ['http://127.0.0.1:15401/membership', 'http://127.0.0.1:15401/membership'],
  ['http://localhost:15401', 'http://localhost:15401'],
  ['http://[::1]:15401', 'http://[::1]:15401'],
])('the membership service %s is asked at %s', (written, taken) => {
  const settings = readSettings({ MEMBERSHIP_URL: written, MEMBERSHIP_API_KEY: 'key-of-these-tests' });
  expect(settings.membershipUrl).toBe(taken);
});

test.each(['http://members.example.org', 'http://10.0.0.7/membership', 'http://127.0.0.1.example.org', 'members'])(
  'a membership service is not asked at %s, where others could listen',
  (address) => {
    const faults = faultsOf({ MEMBERSHIP_URL: address, MEMBERSHIP_API_KEY: 'key-of-these-tests' });
    expect(faults).toMatch(/MEMBERSHIP_URL is .*: give an https address .* http is for this machine alone/);
  },
);

test('a membership service without its key is told before the first caller meets it', () => {
  const faults = faultsOf({ MEMBERSHIP_URL: 'https://members.example.org' });
  expect(faults).toContain('MEMBERSHIP_API_KEY is not set: with a MEMBERSHIP_URL, give the key to that service.');
});

test.each([
  ['MEMBERSHIP_API_KEY', 'short'],
  ['MEMBERSHIP_API_KEY', 'a key with blanks in it'],
  ['ASK_TO_WAIT_AFTER_MS', '0'],
  ['ASK_TO_WAIT_AFTER_MS', '5001'],
  ['PORT', '15400.5'],
  ['PORT', '-1'],
  ['FORGET_CALLS_AFTER_HOURS', '4'],
  ['FORGET_RECORDS_AFTER_DAYS', '0'],
  ['METRICS_TOKEN', 'too short'],
  ['METRICS_TOKEN', 'a token in which blanks are'],
  ['MEMBERSHIP_DEADLINE_MS', '6001'],
  ['PRETEND_TODAY', '2021-01-01'],
  ['PRETEND_TODAY', '2022-07-31'],
  ['LOOKUP_FAILURES_A_DAY', '0'],
  ['WRITE_OFF_ANNOUNCEMENT', 'yes'],
  ['VOICE_ID', 'a voice'],
  ['DATA_KEY', 'AAAA'],
  ['DATA_KEY', `!${Buffer.alloc(32, 7).toString('base64')}`],
])('%s cannot be %s', (name, value) => {
  expect(faultsOf({ [name]: value })).toContain(`${name} is `);
});

test('a fault shows nothing of a secret', () => {
  const faults = faultsOf({ TWILIO_AUTH_TOKEN: 'not/a/token', DATA_KEY: 'too short' });
  expect(faults).toContain('TWILIO_AUTH_TOKEN is (11 characters, not shown)');
  expect(faults).toContain('DATA_KEY is (9 characters, not shown)');
  expect(faults).not.toMatch(/not\/a\/token|too short/);
});

test.each([
  'https://admin:geheim@hotline.example.org',
  'https://admin:ge@heim/geheim@hotline.example.org/a',
  'HTTPS:\\\\admin:geheim@hotline.example.org',
  'admin:geheim@hotline.example.org',
])('a fault shows nobody the password in %s', (address) => {
  const faults = faultsOf({ PUBLIC_BASE_URL: address, HOST: address });
  expect(faults).toContain('…@hotline.example.org');
  expect(faults).not.toMatch(/admin|heim/);
});

test('a hotline that the world can call needs the token of its carrier, its own officers and the real day', () => {
  const open = { PUBLIC_BASE_URL: 'https://hotline.example.org' };
  for (const address of ['https://hotline.example.org', 'HTTPS://hotline.example.org', 'Https://hotline.example.org/'])
    expect(faultsOf({ PUBLIC_BASE_URL: address, PRETEND_TODAY: '2026-02-28' })).toMatch(
      /TWILIO_AUTH_TOKEN is not set.*\n.*OFFICER_NUMBER is not set.*\n.*PRETEND_TODAY is set/,
    );
  expect(faultsOf({ ...open, ...ofACarrier })).toBe('');
  expect(
    faultsOf({ ...open, DATABASE_URL: 'postgres://db.example.org/hotline' }).match(/TWILIO_AUTH_TOKEN/g),
  ).toHaveLength(1);
});

test('copies of a hotline that share a database are told their secrets, and do not make them up', () => {
  const DATABASE_URL = 'postgres://hotline:geheim@db.example.org/hotline';
  expect(faultsOf({ DATABASE_URL })).toMatch(/DATA_KEY is not set.*\n.*TWILIO_AUTH_TOKEN is not set/);
  const told = { DATABASE_URL, DATA_KEY: '07'.repeat(32), TWILIO_AUTH_TOKEN: 'aTokenOfAllCopies' };
  expect(readSettings(told).databaseUrl).toBe(DATABASE_URL);
});

test.each([
  'db.example.org/hotline',
  'mysql://hotline:geheim@db.example.org/hotline',
  'postgres://hotline:geheim@db.example.org',
  'postgres:///hotline?password=geheim',
])('%s is no address of a database, and no fault shows it', (address) => {
  const faults = faultsOf({ DATABASE_URL: address });
  expect(faults).toContain(`DATABASE_URL is (${address.length} characters, not shown): give the address of a database`);
  expect(faults).not.toMatch(/geheim/);
});

test('a name in a file of settings that is none and looks like one is a fault, and those of others are nobody’s business', () => {
  const others = ['POSTGRES_PASSWORD', 'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', 'NODE_ENV', 'TZ', 'PATH', 'HOME'];
  const names = [...others, 'PORT', 'PROT', 'OFICER_NUMBER', 'Log_Level', 'DATABASE_URI'];
  expect(() => readSettings({}, names)).toThrow(
    [
      'These settings are wrong:',
      '  PROT in .env is no setting: write PORT, or take it away.',
      '  OFICER_NUMBER in .env is no setting: write OFFICER_NUMBER, or take it away.',
      '  Log_Level in .env is no setting: write LOG_LEVEL, or take it away.',
      '  DATABASE_URI in .env is no setting: write DATABASE_URL, or take it away.',
    ].join('\n'),
  );
  expect(() => readSettings({}, others)).not.toThrow();
});
