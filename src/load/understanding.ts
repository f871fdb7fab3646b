import { IntlMessageFormat } from 'intl-messageformat';
import { LRUCache } from 'lru-cache';
import { type Language, type PromptKey, prompts } from '../../prompts/prompts.ts';
import { dateHeard } from './dateWords.ts';
import { digitsHeard, numberHeard } from './numberWords.ts';

/** What fills the blanks of a sentence: amounts and counts as numbers, days, months, digits and keys as text. */
export type Filling = Readonly<Record<string, number | string | null>>;

/** A sentence as somebody understood it: which line of the catalogue it is, and what was said in its blanks. */
export type Understood = { prompt: PromptKey; filling: Filling };

type Part = ReturnType<IntlMessageFormat['getAst']>[number];
/** `begins` is how every sentence of a form begins: most others are told apart by it alone. */
type Pattern = { prompt: PromptKey; begins: string; form: RegExp };

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A part of an ICU message as a pattern; `#` in a plural is the number that the plural is about. */
function patternOf(part: Part, about: string): string {
  if ('options' in part)
    return `(?:${Object.values(part.options)
      .map(({ value }) => value.map((inner) => patternOf(inner, part.value)).join(''))
      .join('|')})`;
  if (!('value' in part)) return `(?<${about}>.+?)`;
  return part.type === 0 ? escaped(part.value) : `(?<${part.value}>.+?)`;
}

/** Lines that are spoken alike, in some language, are one to whoever hears them: the first of them in the catalogue. */
const alike = new Map<PromptKey, PromptKey>();

/** By what line somebody knows a line of the catalogue who only hears it. */
export const knownAs = (prompt: PromptKey): PromptKey => alike.get(prompt) ?? prompt;

function patternFor(prompt: PromptKey, parts: readonly Part[]): Pattern {
  const [first] = parts;
  const begins = first?.type === 0 ? first.value : '';
  return { prompt, begins, form: new RegExp(`^${parts.map((part) => patternOf(part, '')).join('')}$`) };
}

function learned(language: Language) {
  const plain = new Map<string, Understood>();
  const patterns: Pattern[] = [];
  for (const [key, message] of Object.entries(prompts[language])) {
    const prompt = key as PromptKey;
    const parts = new IntlMessageFormat(message, language).getAst();
    const before = plain.get(message);
    if (before) alike.set(prompt, before.prompt);
    else if (parts.length === 1 && parts[0]!.type === 0) plain.set(message, { prompt, filling: {} });
    else patterns.push(patternFor(prompt, parts));
  }
  return { plain, patterns };
}

const catalogue = { id: learned('id'), en: learned('en') };

const reading: Record<string, (words: string, language: Language) => number | string | null> = {
  total: (words, language) => numberHeard(words.replace(/ rupiah$/, ''), language),
  day: dateHeard,
  month: dateHeard,
  number: digitsHeard,
  key: (word) => ({ bintang: '*', star: '*', pagar: '#', hash: '#' })[word] ?? word,
};

function filled(blanks: Record<string, string>, language: Language): Filling {
  const entries = Object.entries(blanks).filter(([, words]) => words !== undefined);
  return Object.fromEntries(entries.map(([name, words]) => [name, (reading[name] ?? numberHeard)(words, language)]));
}

/** What was understood of the latest sentences: most are said to many callers. */
const familiar = { id: latestSentences(), en: latestSentences() };

function latestSentences() {
  return new LRUCache<string, Understood>({ max: 5_000 });
}

/** What somebody who knows the language understands of a sentence; null where the hotline has no such sentence. */
export function understood(sentence: string, language: Language): Understood | null {
  const before = familiar[language].get(sentence);
  if (before) return before;
  const fresh = understoodAnew(sentence, language);
  if (fresh) familiar[language].set(sentence, fresh);
  return fresh;
}

function understoodAnew(sentence: string, language: Language): Understood | null {
  const { plain, patterns } = catalogue[language];
  const known = plain.get(sentence);
  if (known) return { ...known, prompt: knownAs(known.prompt) };
  for (const { prompt, begins, form } of patterns) {
    const found = sentence.startsWith(begins) && form.exec(sentence);
    if (found) return { prompt, filling: filled(found.groups ?? {}, language) };
  }
  return null;
}
