/** A language with its region, as `id-ID`; the carrier writes two languages without. */
export const languageTag = /^([a-z]{2,3}(-[a-z]{2,4}){1,2}|zh|arb)$/i;
