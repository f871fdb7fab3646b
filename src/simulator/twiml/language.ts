/** A language with its region, as `id-ID`; Chinese, Arabic, and all that a voice or an ear knows at once have none. */
export const languageTag = /^([a-z]{2,3}(-[a-z]{2,4}){1,2}|zh|arb|multi)$/i;
