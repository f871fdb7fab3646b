import type { Todo } from '../courier/courier.ts';
import { callEvents } from '../leg/calleeReport.ts';
import type { LiveCall, Network } from '../network.ts';
import type { RestAccount } from '../rest.ts';
import { areTones } from '../twiml/tones.ts';
import { callOut } from './outbound.ts';
import { isWebAddress, type RestAnswer, type RestRequest, refusal, restDate } from './restAnswer.ts';

/** What a call that the application makes can be given, and what one that is under way. */
const simulated = [
  ...['To', 'From', 'Url', 'Twiml', 'Method', 'FallbackUrl', 'FallbackMethod', 'SendDigits', 'Timeout', 'TimeLimit'],
  ...['StatusCallback', 'StatusCallbackEvent', 'StatusCallbackMethod'],
];
const simulatedLater = ['Url', 'Twiml', 'Method', 'Status'];
const longestTwiml = 4_000;

/** `POST Calls.json`: the application calls somebody. */
export function startCall({ form }: RestRequest, network: Network, options: RestAccount): RestAnswer {
  const [to, from] = [form.get('To') ?? '', form.get('From') ?? ''];
  if (to === '') return refusal(400, 21201, "No 'To' number is specified");
  if (!/^(\+?\d{3,15}|client:\S+|sips?:\S+)$/.test(to))
    return refusal(400, 21211, `The phone number you are attempting to call, ${to}, is not valid.`);
  if (from === '') return refusal(400, 21213, "No 'From' number is specified");
  const first = todoIn(form);
  if (!first) return refusal(400, 21205, 'Url parameter is required.');
  if ('refused' in first) return first.refused;
  const sendDigits = form.get('SendDigits') ?? '';
  if (sendDigits !== '' && !areTones(sendDigits)) return refusal(400, 21206, `Invalid SendDigits: ${sendDigits}`);
  const call = callOut(network, options, {
    to,
    from,
    first,
    sendDigits,
    fallback: isWebAddress(form.get('FallbackUrl') ?? '')
      ? { url: form.get('FallbackUrl')!, method: methodIn(form, 'FallbackMethod') }
      : null,
    status: statusWish(form),
    timeoutMs: seconds(form, 'Timeout', 60, 600),
    timeLimitMs: seconds(form, 'TimeLimit', 14_400, 14_400),
  });
  warnOf(call, form, 'Calls.json', simulated);
  return { status: 201, json: { ...describe(call), status: 'queued', start_time: null } };
}

/** Warns on a call of what was wished for it and does not come about. */
function warnOf({ leg }: LiveCall, form: URLSearchParams, path: string, known: readonly string[]): void {
  for (const name of new Set(form.keys()))
    if (!known.includes(name) && form.get(name) !== 'false') leg.warn(12200, `${path}: ${name} is not simulated`);
  const callback = known.includes('StatusCallback') && form.get('StatusCallback');
  if (callback && !isWebAddress(callback)) leg.warn(11100, `${path}: no web address in StatusCallback: ${callback}`);
}

/** `POST Calls/{CA}.json`: a call is given another document, or ended. */
export function changeCall({ form, path }: RestRequest, network: Network, _options: RestAccount, sid: string) {
  const call = network.calls.get(sid);
  if (!call) return null;
  const { leg } = call;
  const status = form.get('Status');
  if (status !== null && status !== 'completed' && status !== 'canceled')
    return refusal(400, 20001, `Invalid Status: ${status}`);
  const todo = todoIn(form);
  if (todo && 'refused' in todo) return todo.refused;
  if (leg.ending && (todo || status))
    return refusal(400, 21220, 'Invalid call state. Call is not in-progress. Cannot redirect.');
  if (!leg.ending) warnOf(call, form, path, simulatedLater);
  if (status === 'completed' || (status === 'canceled' && !leg.isAnswered))
    leg.end({ status: leg.isAnswered ? 'completed' : 'canceled', by: 'application' });
  else if (todo && call.direction === 'outbound-dial')
    return refusal(400, 20001, 'Another document for somebody who was dialled by <Dial> is not simulated.');
  else if (todo) leg.callAway({ because: 'another document', todo });
  return { status: 200, json: describe(call) };
}

/** `GET Calls/{CA}.json`: how a call stands. */
export function showCall(_order: RestRequest, network: Network, _options: RestAccount, sid: string) {
  const call = network.calls.get(sid);
  return call ? { status: 200, json: describe(call) } : null;
}

/** The document that is wished for: that of the address, where the words themselves are given as well. */
function todoIn(form: URLSearchParams): Todo | { refused: RestAnswer } | null {
  const [twiml, url] = [form.get('Twiml'), form.get('Url')];
  if (twiml && twiml.length > longestTwiml)
    return { refused: refusal(400, 32018, `Twiml size exceeded maximum allowed value of ${longestTwiml} characters`) };
  if (!url) return twiml ? { twiml, url: '' } : null;
  if (!isWebAddress(url)) return { refused: refusal(400, 21205, `Url is not a valid URL: ${url}`) };
  return { url, method: methodIn(form, 'Method'), form: {} };
}

function methodIn(form: URLSearchParams, name: string): 'GET' | 'POST' {
  return form.get(name)?.toUpperCase() === 'GET' ? 'GET' : 'POST';
}

function seconds(form: URLSearchParams, name: string, otherwise: number, most: number): number {
  const value = Number(form.get(name) || otherwise);
  return Math.min(value >= 1 ? value : otherwise, most) * 1_000;
}

function statusWish(form: URLSearchParams) {
  const url = form.get('StatusCallback');
  if (!url || !isWebAddress(url)) return null;
  const events = form.getAll('StatusCallbackEvent').flatMap((event) => event.split(' '));
  const known = events.filter((event) => callEvents.some((one) => one === event));
  return { url, method: methodIn(form, 'StatusCallbackMethod'), events: known.length > 0 ? known : ['completed'] };
}

function describe({ leg, events, startedAt, direction }: LiveCall): Record<string, unknown> {
  const { callSid: sid, accountSid, from, to } = leg.facts;
  const moment = (type: 'answered' | 'ended') => {
    const at = events.find((event) => event.type === type)?.at;
    return at === undefined ? null : new Date(startedAt.getTime() + at);
  };
  const [answeredAt, endedAt] = [moment('answered'), moment('ended')];
  const lasted = endedAt && Math.round((endedAt.getTime() - (answeredAt ?? endedAt).getTime()) / 1_000);
  const uri = `/2010-04-01/Accounts/${accountSid}/Calls/${sid}`;
  const nothing = ['parent_call_sid', 'phone_number_sid', 'price', 'answered_by', 'forwarded_from', 'group_sid'];
  return {
    ...Object.fromEntries([...nothing, 'caller_name', 'trunk_sid', 'annotation'].map((name) => [name, null])),
    ...{ sid, account_sid: accountSid, to, to_formatted: to, from, from_formatted: from, direction },
    status: leg.ending?.status ?? (leg.isAnswered ? 'in-progress' : 'ringing'),
    date_created: restDate(startedAt),
    date_updated: restDate(endedAt ?? answeredAt ?? startedAt),
    start_time: answeredAt && restDate(answeredAt),
    end_time: endedAt && restDate(endedAt),
    duration: lasted === null ? null : String(lasted),
    ...{ price_unit: 'USD', api_version: '2010-04-01', queue_time: '0', uri: `${uri}.json` },
    subresource_uris: { recordings: `${uri}/Recordings.json`, notifications: `${uri}/Notifications.json` },
  };
}
