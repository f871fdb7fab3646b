/** How long a text takes to be said, in milliseconds: a written number is said digit by digit. */
export function speechTime(text: string, wordsPerMinute: number): number {
  return Math.round((wordsIn(text) * 60_000) / wordsPerMinute);
}

/** The beginning of a text that was heard in a part (0 to 1) of its time, cut at a word. */
export function spokenPart(text: string, part: number): string {
  const words = text.split(' ');
  let left = wordsIn(text) * part;
  const heard = words.filter((word) => {
    left -= spokenWords(word);
    return left >= 0;
  });
  return heard.join(' ');
}

function wordsIn(text: string): number {
  return text.split(/\s+/).reduce((sum, word) => sum + spokenWords(word), 0);
}

function spokenWords(written: string): number {
  const digits = written.match(/\p{Nd}/gu)?.length ?? 0;
  return digits + (/\p{L}/u.test(written) ? 1 : 0);
}
