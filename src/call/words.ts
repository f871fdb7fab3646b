import { IntlMessageFormat } from 'intl-messageformat';
import { toCardinal as inEnglish, toOrdinal } from 'n2words/en-US';
import { toCardinal as inIndonesian } from 'n2words/id-ID';
import { type Language, type PromptKey, prompts } from '../../prompts/prompts.ts';
import type { Utterance, Value } from './turn.ts';

/** A whole number as a caller hears it: "seratus lima puluh ribu". */
export const numberInWords = (number: number, language: Language) => numberWords[language](number);

const numberWords: Record<Language, (number: number) => string> = { id: inIndonesian, en: inEnglish };

/** Digits one by one, in groups with a pause between: "nol nol nol sembilan, sembilan …". What is left over forms a last group. */
export function digitsInWords(digits: string, groups: readonly number[], language: Language): string {
  const words = [...digits].map((digit) => numberInWords(Number(digit), language));
  const spoken: string[] = [];
  for (const size of [...groups, words.length]) if (words.length > 0) spoken.push(words.splice(0, size).join(' '));
  return spoken.join(', ');
}

/** A day `YYYY-MM-DD` or a month `YYYY-MM`: "sepuluh November dua ribu dua puluh enam". */
export function dateInWords(date: string, language: Language): string {
  const [year, month, day] = date.split('-').map(Number);
  const name = monthNames[language].format(Date.UTC(year!, month! - 1));
  return [day && dayWords[language](day), name, numberInWords(year!, language)].filter(Boolean).join(' ');
}

const namesOfMonths = (language: Language) => new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
const monthNames: Record<Language, Intl.DateTimeFormat> = { id: namesOfMonths('id'), en: namesOfMonths('en') };

const dayWords: Record<Language, (day: number) => string> = {
  id: inIndonesian,
  en: (day) => `the ${toOrdinal(day)} of`,
};

const keyNames: Record<Language, Record<string, string>> = {
  id: { star: 'bintang', hash: 'pagar' },
  en: { star: 'star', hash: 'hash' },
};

function valueInWords(value: Value, language: Language): string | number {
  if (typeof value === 'number') return value;
  if ('rupiah' in value) return `${numberInWords(value.rupiah, language)} rupiah`;
  if ('day' in value) return dateInWords(value.day, language);
  if ('month' in value) return dateInWords(value.month, language);
  if ('digits' in value) return digitsInWords(value.digits, value.groups, language);
  return keyNames[language][value.key] ?? value.key;
}

/** Plain numbers inside a message become words too, so that a plural can count and still be spoken. */
const speakingNumbers = (language: Language) => ({
  getNumberFormat: () =>
    ({ format: (number: number) => numberInWords(number, language) }) as unknown as Intl.NumberFormat,
  getDateTimeFormat: (...args: ConstructorParameters<typeof Intl.DateTimeFormat>) => new Intl.DateTimeFormat(...args),
  getPluralRules: (...args: ConstructorParameters<typeof Intl.PluralRules>) => new Intl.PluralRules(...args),
});

const messages = new Map<string, IntlMessageFormat>();

function messageOf(prompt: PromptKey, language: Language): IntlMessageFormat {
  const key = `${language}.${prompt}`;
  const message =
    messages.get(key) ??
    new IntlMessageFormat(prompts[language][prompt], language, {}, { formatters: speakingNumbers(language) });
  messages.set(key, message);
  return message;
}

/** An utterance as a sentence, in its own language or else the call's. Throws where a blank of the sentence has no value. */
export function inWords(utterance: Utterance, callLanguage: Language): { text: string; language: Language } {
  const language = utterance.language ?? callLanguage;
  const values = Object.entries(utterance.values ?? {}).map(([name, value]) => [name, valueInWords(value, language)]);
  return { text: String(messageOf(utterance.prompt, language).format(Object.fromEntries(values))), language };
}
