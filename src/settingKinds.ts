import { z } from 'zod';

/** One setting: its name in the environment, what it is for, what it is when nobody sets it, and what it may be. */
type Setting<T> = {
  name: string;
  about: string;
  /** As it stands in `.env.example`; empty where there is none or where it is found out at start. */
  byDefault: string;
  /** What to write instead of a wrong value. */
  rule: string;
  secret?: true;
  read: z.ZodType<T, string>;
};

/** A setting, with the type of what it is read as. */
export const setting = <T>(one: Setting<T>) => one;

/** A whole number within these limits. */
export const wholeNumber = (least: number, most: number) => ({
  rule: `a whole number from ${least} to ${most}`,
  read: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most),
});

/** One of these words. */
export const oneOf = <const T extends readonly [string, ...string[]]>(...words: T) => ({
  rule: `one of ${words.join(', ')}`,
  read: z.enum(words) as z.ZodType<T[number], string>,
});

/** A voice of the carrier's. */
export const voiceName = {
  rule: 'the name of a voice, such as Google.id-ID-Wavenet-A',
  read: z.string().regex(/^[\w.-]+$/),
};

/** Empty means that nobody has set it. */
export const unset = z.literal('').transform(() => null);

/** What Twilio signs with. */
export const twilioToken = {
  rule: '16 to 128 letters and digits',
  secret: true,
  read: z.union([unset, z.string().regex(/^[A-Za-z0-9]{16,128}$/)]),
} as const;

/** A web address in one spelling: scheme and host in small letters, no slash at its end. */
export const webAddress = z
  .url({ protocol: /^https?$/ })
  .refine((text) => !/[?#@]/.test(text))
  .transform((text) => {
    const { origin, pathname } = new URL(text);
    return origin + pathname.replace(/\/+$/, '');
  });

/** The address of a database in PostgreSQL. */
export const postgresAddress = z.string().refine((text) => {
  const { protocol = '', hostname = '', pathname = '' } = URL.parse(text) ?? {};
  return /^postgres(ql)?:$/.test(protocol) && hostname !== '' && pathname.length > 1;
});

/** Facts about members go over no network in clear: http is for this machine alone. */
export const isClosed = (address: string) =>
  address.startsWith('https:') || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(address).hostname);

/** A key, in hex or base64. */
export const keyOf32Bytes = z
  .string()
  .regex(/^(?:[0-9a-f]{64}|[\w+/-]{43}=)$/i)
  .transform((text) => Buffer.from(text, text.length === 64 ? 'hex' : 'base64'));

/** Where traces are collected. */
export const collector = {
  rule: 'an http or https address, such as http://127.0.0.1:4318',
  read: z.union([unset, z.url({ protocol: /^https?$/ })]),
};
