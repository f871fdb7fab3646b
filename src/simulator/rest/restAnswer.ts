/** What the REST interface answers: a status and what stands in it. */
export type RestAnswer = { status: number; json: Record<string, unknown> } | { status: number; sound: Buffer };

/** What is asked of the REST interface: the parts of the path after the account, and the form. */
export type RestRequest = { method: string; path: string; form: URLSearchParams };

/** A refusal in the carrier's own shape, with its error code. */
export function refusal(status: number, code: number, message: string): RestAnswer {
  const more_info = `https://www.twilio.com/docs/errors/${code}`;
  return { status, json: { code, message, more_info, status } };
}

/** The refusal of a request for something that is not there. */
export function notFound(path: string): RestAnswer {
  return refusal(404, 20404, `The requested resource ${path} was not found`);
}

/** A date as the REST interface of 2010 writes it (RFC 2822). */
export function restDate(date: Date): string {
  return date.toUTCString().replace('GMT', '+0000');
}

/** Whether a text is a web address that an application can be asked at. */
export function isWebAddress(text: string): boolean {
  return /^https?:$/.test(URL.parse(text)?.protocol ?? '');
}
