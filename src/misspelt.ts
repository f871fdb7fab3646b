/** How many letters must be changed, left out, put in or swapped with their neighbour to make one word of the other. */
function distance(one: string, other: string): number {
  const rows: number[][] = Array.from({ length: one.length + 1 }, (_, at) => [at]);
  const to = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let column = 1; column <= other.length; column++) rows[0]![column] = column;
  for (let row = 1; row <= one.length; row++)
    for (let column = 1; column <= other.length; column++) {
      const [letter, before] = [one[row - 1], one[row - 2]];
      const isSwapped = letter === other[column - 2] && before === other[column - 1];
      rows[row]![column] = Math.min(
        to(row - 1, column) + 1,
        to(row, column - 1) + 1,
        to(row - 1, column - 1) + (letter === other[column - 1] ? 0 : 1),
        isSwapped ? to(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
  return rows[one.length]![other.length]!;
}

/** So many slips of the hand make a long name, and a short one, no other name yet. */
const slipsIn = (name: string) => (name.length < 8 ? 1 : 2);

/**
 * The known name that somebody most likely meant by a name that nobody knows; null where there is none.
 * @example misspelt('OFICER_NUMBER', ['PORT', 'OFFICER_NUMBER']) // 'OFFICER_NUMBER'
 */
export function misspelt(name: string, known: readonly string[]): string | null {
  if (known.includes(name)) return null;
  return known.find((one) => distance(name.toUpperCase(), one) <= slipsIn(one)) ?? null;
}
