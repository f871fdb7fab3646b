/** How long a text takes to be said, in milliseconds: a written number is said digit by digit. */
export function speechTime(text: string, wordsPerMinute: number): number {
  return Math.round((wordsIn(text) * 60_000) / wordsPerMinute);
}

/** The beginning of a text that was heard in a part (0 to 1) of its time, cut at a word. */
export function spokenPart(text: string, part: number): string {
  const words = text.split(' ');
  let left = wordsIn(text) * part;
  const heard = words.filter((word) => {
    left -= wordsIn(word);
    return left >= 0;
  });
  return heard.join(' ');
}

/** How many words are said: every written one with a letter in it is one, and so is every digit. */
function wordsIn(text: string): number {
  const written = text.match(/\p{L}\S*/gu)?.length ?? 0;
  const digits = text.match(/\p{Nd}/gu)?.length ?? 0;
  return written + digits;
}
