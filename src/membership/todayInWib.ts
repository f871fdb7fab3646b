const wibAheadOfUtc = 7 * 60 * 60 * 1000;

/** The day (`YYYY-MM-DD`) that it is in western Indonesia, by whose calendar contributions fall due. */
export const todayInWib = (clock: Date): string => new Date(clock.getTime() + wibAheadOfUtc).toISOString().slice(0, 10);
