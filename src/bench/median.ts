/** The value in the middle. Throws where there is none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('Nothing has no middle.');
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
