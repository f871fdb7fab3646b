import type { Language } from '../../prompts/prompts.ts';
import { numberHeard } from './numberWords.ts';

const months: Record<Language, readonly string[]> = {
  id: 'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
};

const irregular: Record<string, string> = {
  first: 'one',
  second: 'two',
  third: 'three',
  fifth: 'five',
  eighth: 'eight',
  ninth: 'nine',
  twelfth: 'twelve',
};

const twoDigits = (number: number) => String(number).padStart(2, '0');

/** "twenty-second" as "twenty-two". */
function cardinal(ordinal: string): string {
  return ordinal.replace(/[a-z]+$/, (last) => irregular[last] ?? last.replace(/ieth$/, 'y').replace(/th$/, ''));
}

function dayOf(words: string, language: Language): number | null {
  if (language === 'id') return numberHeard(words, language);
  const [, ordinal] = /^the ([a-z-]+) of$/.exec(words) ?? [];
  return ordinal === undefined ? null : numberHeard(cardinal(ordinal), language);
}

/** The day `YYYY-MM-DD`, or the month `YYYY-MM`, that somebody heard. Null where the words are neither. */
export function dateHeard(heard: string, language: Language): string | null {
  const words = heard.split(' ');
  const at = words.findIndex((word) => months[language].includes(word));
  if (at < 0) return null;
  const year = numberHeard(words.slice(at + 1).join(' '), language);
  if (year === null) return null;
  const month = `${year}-${twoDigits(months[language].indexOf(words[at]!) + 1)}`;
  if (at === 0) return month;
  const day = dayOf(words.slice(0, at).join(' '), language);
  return day === null ? null : `${month}-${twoDigits(day)}`;
}
