/** A call lasts four hours at the most, and so does everything in it: in milliseconds. */
export const longestCallMs = 4 * 60 * 60 * 1_000;
