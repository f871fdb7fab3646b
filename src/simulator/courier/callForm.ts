/** What stays the same in every request about one call. */
export type CallFacts = { callSid: string; accountSid: string; from: string; to: string; callToken: string };

/** What the carrier tells of the places of a call, where it knows nothing of them. */
const nowhere = Object.fromEntries(
  ['To', 'Caller', 'Called', 'From'].flatMap((whose) =>
    ['City', 'State', 'Zip', 'Country'].map((what) => [whose + what, '']),
  ),
);

/** The standard form fields of a request, in no order of name; what the carrier does not know of a place is sent empty. */
export function callForm(facts: CallFacts, status: string): Record<string, string> {
  return {
    Called: facts.to,
    ...nowhere,
    Direction: 'inbound',
    CallSid: facts.callSid,
    To: facts.to,
    CallToken: facts.callToken,
    ApiVersion: '2010-04-01',
    CallStatus: status,
    From: facts.from,
    AccountSid: facts.accountSid,
    Caller: facts.from,
  };
}

const standardFields = new Set([
  ...Object.keys(callForm({ callSid: '', accountSid: '', from: '', to: '', callToken: '' }, '')),
  'ParentCallSid',
]);

/** Whether a form field stands in every request about a call, whatever it is asked for. */
export const isStandard = (name: string): boolean => standardFields.has(name);

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
