import type { Language } from '../../prompts/prompts.ts';

type Scale = { name: string; value: number; most: number };
type Tongue = {
  scales: readonly Scale[];
  below: (words: readonly string[]) => number | null;
  plain(words: string): string;
};

const scale = (name: string, value: number, most: number): Scale => ({ name, value, most });

const idUnits = 'nol satu dua tiga empat lima enam tujuh delapan sembilan'.split(' ');
const enUnits = 'zero one two three four five six seven eight nine'.split(' ');
const enTeens = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const enTens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

const placeIn = (list: readonly string[], word: string | undefined) => {
  const place = list.indexOf(word ?? '');
  return place < 0 ? null : place;
};

/** Satu to sembilan, sebelas to sembilan belas. */
function indonesianBelow([first, second, third]: readonly string[]): number | null {
  const unit = placeIn(idUnits, first);
  if (unit === null || third !== undefined) return null;
  if (second === undefined) return unit;
  return second === 'belas' && unit > 0 ? 10 + unit : null;
}

/** One to ninety-nine. */
function englishBelow([first, second, third]: readonly string[]): number | null {
  const tens = placeIn(enTens, first);
  if (third !== undefined || (tens === null && second !== undefined)) return null;
  if (tens === null) return placeIn(enUnits, first) ?? (enTeens.includes(first!) ? 10 + enTeens.indexOf(first!) : null);
  const unit = second === undefined ? 0 : placeIn(enUnits.slice(1), second);
  if (unit === null) return null;
  return (tens + 2) * 10 + (second === undefined ? 0 : unit + 1);
}

const tongues: Record<Language, Tongue> = {
  id: {
    scales: [
      scale('miliar', 1e9, 999),
      scale('juta', 1e6, 999),
      scale('ribu', 1e3, 999),
      scale('ratus', 100, 9),
      scale('puluh', 10, 9),
    ],
    below: indonesianBelow,
    plain: (words) => words.replace(/\bse(?=(?:ribu|ratus|puluh|belas)\b)/g, 'satu '),
  },
  en: {
    scales: [
      scale('billion', 1e9, 999),
      scale('million', 1e6, 999),
      scale('thousand', 1e3, 999),
      scale('hundred', 100, 9),
    ],
    below: englishBelow,
    plain: (words) => words.replaceAll('-', ' ').replace(/ and /g, ' '),
  },
};

/** The whole number that somebody heard: "dua juta seratus ribu" is 2100000. Null where the words are no number. */
export function numberHeard(heard: string, language: Language): number | null {
  const tongue = tongues[language];
  const words = tongue.plain(heard.trim().toLowerCase()).split(/\s+/);
  if (words.length === 1 && placeIn([idUnits[0]!, enUnits[0]!], words[0]) !== null) return 0;
  return worth(words, tongue);
}

function worth(words: readonly string[], tongue: Tongue): number | null {
  for (const { name, value, most } of tongue.scales) {
    const at = words.indexOf(name);
    if (at < 0) continue;
    const [many, rest] = [
      worth(words.slice(0, at), tongue),
      at + 1 < words.length ? worth(words.slice(at + 1), tongue) : 0,
    ];
    if (many === null || rest === null || many > most || rest >= value) return null;
    return many * value + rest;
  }
  return tongue.below(words) || null;
}

/** The digits that somebody heard one by one, with or without pauses: "nol delapan, satu" is 081. Null for anything else. */
export function digitsHeard(heard: string, language: Language): string | null {
  const names = language === 'id' ? idUnits : enUnits;
  const digits = heard.split(/[\s,]+/).map((word) => placeIn(names, word));
  return digits.includes(null) ? null : digits.join('');
}
