import { z } from 'zod';
import {
  collector,
  isClosed,
  keyOf32Bytes,
  oneOf,
  postgresAddress,
  setting,
  twilioToken,
  unset,
  voiceName,
  webAddress,
  wholeNumber,
} from './settingKinds.ts';

/** From this day on, every bill lies within the months whose contribution is known. */
const firstPretendedDay = '2022-08-01';

/** Every setting there is, in the order of `.env.example`. */
export const settingsTable = {
  host: setting({
    name: 'HOST',
    about: 'The address to listen on; 0.0.0.0 lets other machines in.',
    byDefault: '127.0.0.1',
    rule: 'a host name or an address',
    read: z.string().regex(/^[\w.:-]+$/),
  }),
  port: setting({
    name: 'PORT',
    about: 'The port to listen on; 0 takes any that is free.',
    byDefault: '15400',
    ...wholeNumber(0, 65_535),
  }),
  dataDir: setting({
    name: 'DATA_DIR',
    about: 'The folder of the databases and of the secrets that are made at the first start.',
    byDefault: 'data',
    rule: 'the name of a folder',
    read: z.string().min(1),
  }),
  databaseUrl: setting({
    name: 'DATABASE_URL',
    about:
      'The PostgreSQL that several copies of this server share. Without one: two files in DATA_DIR, for one copy. With it, DATA_KEY and TWILIO_AUTH_TOKEN are set too, the same for all copies.',
    byDefault: '',
    rule: 'the address of a database, such as postgres://user:password@db.example.org:5432/hotline',
    secret: true,
    read: z.union([unset, postgresAddress]),
  }),
  databaseConnections: setting({
    name: 'DATABASE_CONNECTIONS',
    about:
      'So many connections to PostgreSQL does one copy open at the most for calls, and as many for members; and one for news.',
    byDefault: '10',
    ...wholeNumber(2, 500),
  }),
  publicBaseUrl: setting({
    name: 'PUBLIC_BASE_URL',
    about:
      'The address under which the carrier reaches this server; its signatures are checked against it. A proxy in front takes away any path in it. Without one: http://HOST:PORT.',
    byDefault: '',
    rule: 'an http or https address without password, query or fragment, such as https://hotline.example.org',
    read: z.union([unset, webAddress]),
  }),
  authToken: setting({
    name: 'TWILIO_AUTH_TOKEN',
    about:
      'The auth token of the Twilio account. Without one, a token is made and kept in DATA_DIR/auth-token, which no carrier knows: with an https PUBLIC_BASE_URL it is set.',
    byDefault: '',
    ...twilioToken,
  }),
  secondaryAuthToken: setting({
    name: 'TWILIO_SECONDARY_AUTH_TOKEN',
    about:
      'A second auth token, whose signatures are taken as well: the secondary one of the Twilio account, while it is being promoted.',
    byDefault: '',
    ...twilioToken,
  }),
  dataKey: setting({
    name: 'DATA_KEY',
    about:
      'The key that seals what is remembered of calls: 32 bytes in hex or base64. Without one, a key is made and kept in DATA_DIR/data-key.',
    byDefault: '',
    rule: '32 bytes in hex (64 digits) or in base64 (44 characters)',
    secret: true,
    read: z.union([unset, keyOf32Bytes]),
  }),
  consolePassword: setting({
    name: 'CONSOLE_PASSWORD',
    about:
      'The password of the console. Without one the console is open on this machine, and closed once PUBLIC_BASE_URL is set or HOST lets others in.',
    byDefault: '',
    rule: 'at least 12 characters',
    secret: true,
    read: z.union([unset, z.string().min(12).max(200)]),
  }),
  metricsToken: setting({
    name: 'METRICS_TOKEN',
    about:
      'What Prometheus brings as a bearer token to read /metrics. Without one, /metrics is there for this machine only, and for nobody once PUBLIC_BASE_URL is set or HOST lets others in.',
    byDefault: '',
    rule: '16 to 200 letters, digits and -._~+/, such as openssl rand -hex 32 gives',
    secret: true,
    read: z.union([unset, z.string().regex(/^[\w.~+/-]{16,200}=*$/)]),
  }),
  officerNumber: setting({
    name: 'OFFICER_NUMBER',
    about: 'The telephone that callers are transferred to. The default is a test number that belongs to nobody.',
    byDefault: '+15005550006',
    rule: 'a telephone number with + and country code, such as +62215550100',
    read: z.string().regex(/^\+[1-9]\d{6,14}$/),
  }),
  voiceId: setting({
    name: 'VOICE_ID',
    about: 'The voice that speaks Indonesian.',
    byDefault: 'Google.id-ID-Wavenet-A',
    ...voiceName,
  }),
  voiceEn: setting({
    name: 'VOICE_EN',
    about: 'The voice that speaks English.',
    byDefault: 'Google.en-US-Chirp3-HD-Aoede',
    ...voiceName,
  }),
  forgetCallsAfterHours: setting({
    name: 'FORGET_CALLS_AFTER_HOURS',
    about: 'After so many hours without a turn the state of a call is forgotten. No call lasts longer than four hours.',
    byDefault: '24',
    ...wholeNumber(5, 2160),
  }),
  forgetRecordsAfterDays: setting({
    name: 'FORGET_RECORDS_AFTER_DAYS',
    about:
      'After so many days what is kept of a call that is over is forgotten: when it was, which menus it went through, and how it ended.',
    byDefault: '30',
    ...wholeNumber(1, 3650),
  }),
  lookupFailuresIn15Minutes: setting({
    name: 'LOOKUP_FAILURES_IN_15_MINUTES',
    about:
      'So many failed lookups in a quarter of an hour, by one caller or for one number, and an officer takes over.',
    byDefault: '3',
    ...wholeNumber(1, 1000),
  }),
  lookupFailuresADay: setting({
    name: 'LOOKUP_FAILURES_A_DAY',
    about: 'The same for 24 hours.',
    byDefault: '10',
    ...wholeNumber(1, 10_000),
  }),
  membershipDeadlineMs: setting({
    name: 'MEMBERSHIP_DEADLINE_MS',
    about:
      'How many milliseconds the membership service may take to answer before the caller is told of the trouble. At most 6000: one turn may ask it twice, and the carrier waits 15 seconds for the turn.',
    byDefault: '4000',
    ...wholeNumber(100, 6000),
  }),
  membershipUrl: setting({
    name: 'MEMBERSHIP_URL',
    about:
      'The address of a membership service on another machine, which speaks as /membership/openapi.json says. Without one, the members are those in DATA_DIR.',
    byDefault: '',
    rule: 'an https address without password, query or fragment, such as https://members.example.org/membership; http is for this machine alone, since facts about members go over it',
    read: z.union([unset, webAddress.refine(isClosed)]),
  }),
  membershipApiKey: setting({
    name: 'MEMBERSHIP_API_KEY',
    about:
      'The key to the service at MEMBERSHIP_URL. Without MEMBERSHIP_URL, this hotline offers its own members at /membership to whoever has this key; without both, to nobody.',
    byDefault: '',
    rule: '16 to 200 letters, digits and - . _ ~ + / =',
    secret: true,
    read: z.union([unset, z.string().regex(/^[\w.~+/=-]{16,200}$/)]),
  }),
  askToWaitAfterMs: setting({
    name: 'ASK_TO_WAIT_AFTER_MS',
    about:
      'When the membership service takes longer than so many milliseconds, the caller is asked to wait, and hears the answer when it is there. At most 5000: the proxy in nginx.conf gives a copy up that has not answered a turn in six seconds.',
    byDefault: '1500',
    ...wholeNumber(100, 5000),
  }),
  logLevel: setting({
    name: 'LOG_LEVEL',
    about:
      'How much is logged: trace, debug, info, warn, error, fatal or silent. Turns are logged at info, what was refused and what is worth a look at warn, troubles at error.',
    byDefault: 'info',
    ...oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
  }),
  otlpEndpoint: setting({
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    about:
      'Where traces go by OpenTelemetry, such as http://127.0.0.1:4318. Without it and the two below there are none; its other variables hold as well.',
    byDefault: '',
    ...collector,
  }),
  otlpTracesEndpoint: setting({
    name: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    about: 'The same for traces alone, with its path, such as http://127.0.0.1:4318/v1/traces.',
    byDefault: '',
    ...collector,
  }),
  tracesExporter: setting({
    name: 'OTEL_TRACES_EXPORTER',
    about: 'How traces go out: otlp, console or zipkin; none keeps them in.',
    byDefault: '',
    rule: 'otlp, console, zipkin or none',
    read: z.union([unset, z.enum(['otlp', 'console', 'zipkin', 'none'])]),
  }),
  writeOffAnnouncement: setting({
    name: 'WRITE_OFF_ANNOUNCEMENT',
    about: 'on announces the write-off of arrears of 2026; leave it off until the regulation is in force.',
    byDefault: 'off',
    rule: 'on or off',
    read: z.enum(['on', 'off']).transform((word) => word === 'on') as z.ZodType<boolean, string>,
  }),
  pretendToday: setting({
    name: 'PRETEND_TODAY',
    about:
      'For demonstrations: the day, YYYY-MM-DD, that the hotline takes for today. Without one: today in Jakarta. Copies that share a database are all given the same one: their members are laid for that day.',
    byDefault: '',
    rule: `a day of the calendar as YYYY-MM-DD, not before ${firstPretendedDay}: bills go back 24 months, and contributions are known since 2020-07`,
    read: z.union([unset, z.iso.date().refine((day) => day >= firstPretendedDay)]),
  }),
};

/** The settings of one server, checked. */
export type Settings = {
  [K in keyof typeof settingsTable]: z.output<(typeof settingsTable)[K]['read']>;
};

/** Whether somebody wants traces, by any of the usual variables. */
export const wantsTraces = ({ otlpEndpoint, otlpTracesEndpoint, tracesExporter }: Settings): boolean =>
  tracesExporter === null ? (otlpEndpoint ?? otlpTracesEndpoint) !== null : tracesExporter !== 'none';
