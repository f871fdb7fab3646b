/** What stays the same in every request about one call. */
export type CallFacts = { callSid: string; accountSid: string; from: string; to: string; callToken: string };

/** The standard form fields of a request, in no order of name; what the carrier does not know of a place is sent empty. */
export function callForm(facts: CallFacts, status: string): Record<string, string> {
  return {
    Called: facts.to,
    ...places('To'),
    ...places('Caller'),
    Direction: 'inbound',
    CallSid: facts.callSid,
    To: facts.to,
    CallToken: facts.callToken,
    ...places('Called'),
    ApiVersion: '2010-04-01',
    CallStatus: status,
    From: facts.from,
    AccountSid: facts.accountSid,
    Caller: facts.from,
    ...places('From'),
  };
}

/** The further fields of the status callback at the end of a call: its length in seconds and in begun minutes. */
export function endForm(answeredForMs: number, at: Date): Record<string, string> {
  const seconds = Math.round(answeredForMs / 1_000);
  return {
    CallDuration: String(seconds),
    Duration: String(Math.ceil(seconds / 60)),
    Timestamp: at.toUTCString().replace('GMT', '+0000'),
    CallbackSource: 'call-progress-events',
    SequenceNumber: '0',
  };
}

function places(whose: string): Record<string, string> {
  return { [`${whose}City`]: '', [`${whose}State`]: '', [`${whose}Zip`]: '', [`${whose}Country`]: '' };
}
