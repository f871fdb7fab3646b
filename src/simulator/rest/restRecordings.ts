import type { Network } from '../network.ts';
import type { RestAccount } from '../rest.ts';
import type { Recording } from '../sound/recordings.ts';
import { type RestAnswer, type RestRequest, refusal, restDate } from './restAnswer.ts';

/** `GET Recordings/{RE}`: the sound, or with `.json` behind it what there is to know of it. */
export function showRecording(
  { path }: RestRequest,
  { recordings }: Network,
  _options: RestAccount,
  sid: string,
): RestAnswer | null {
  const recording = recordings.find(sid);
  if (!recording) return null;
  if (path.endsWith('.json')) return { status: 200, json: describe(recording) };
  const sound = recordings.fetch(path);
  return sound ? { status: 200, sound } : refusal(404, 20404, 'Only WAV is simulated');
}

function describe({ sid, accountSid, url, source, about, seconds, channels, begunAt, keptAt }: Recording) {
  const uri = `/2010-04-01/Accounts/${accountSid}/Recordings/${sid}`;
  return {
    ...{ sid, account_sid: accountSid, api_version: '2010-04-01', channels, status: 'completed', source },
    call_sid: about.CallSid ?? null,
    conference_sid: about.ConferenceSid ?? null,
    date_created: restDate(begunAt),
    date_updated: restDate(keptAt),
    start_time: restDate(begunAt),
    duration: seconds,
    ...{ price: null, price_unit: 'USD', error_code: null, encryption_details: null },
    uri: `${uri}.json`,
    media_url: url,
    subresource_uris: { add_on_results: `${uri}/AddOnResults.json`, transcriptions: `${uri}/Transcriptions.json` },
  };
}
