import { IntlMessageFormat } from 'intl-messageformat';
import { type Language, type PromptKey, prompts } from '../../prompts/prompts.ts';
import { otherLanguage, type Speech } from '../call/flow.ts';
import type { Line } from '../console/told.ts';

type Message = ReturnType<IntlMessageFormat['getAst']>;

const languages = Object.keys(prompts) as Language[];

/** What a blank is called on paper, where the catalogue's own name for it is no word of the language. */
const blankNames: Record<Language, Readonly<Record<string, string>>> = {
  id: {
    key: 'tombol',
    number: 'nomor',
    typed: 'jumlah',
    missing: 'jumlah',
    class: 'kelas',
    month: 'bulan',
    months: 'jumlah',
    day: 'tanggal',
    total: 'rupiah',
    people: 'jumlah',
    most: 'jumlah',
  },
  en: {},
};

/** The lines of which one may be said, as they stand in the catalogues. */
export const linesOf = ({ lines, inOtherLanguage = false }: Speech): Line[] =>
  lines.map((prompt) => ({
    prompt,
    text: Object.fromEntries(
      languages.map((language) => [language, onPaper(prompt, inOtherLanguage ? otherLanguage(language) : language)]),
    ),
  }));

/** A sentence with its blanks by name; of a plural the form for many. */
function onPaper(prompt: PromptKey, language: Language): string {
  const blank = (name: string) => `{${blankNames[language][name] ?? name}}`;
  const written = (parts: Message, counted: string): string =>
    parts
      .map((part) => {
        if ('options' in part) return written(part.options.other!.value, part.value);
        if (!('value' in part)) return blank(counted);
        return part.type === 0 ? part.value : blank(part.value);
      })
      .join('');
  return written(new IntlMessageFormat(prompts[language][prompt], language).getAst(), '');
}
