import express, { type Express, type Request, type RequestHandler, type Response, type Router } from 'express';
import type { Switchboard } from './call/switchboard.ts';
import { carrierDoor, refusals, signedForm } from './carrierDoor.ts';
import { type CarrierRequest, parse } from './channels/twilioVoice.ts';
import { apology, nothingToSay, render, type Speech } from './channels/twiml.ts';
import type { Log } from './log.ts';
import { Refused } from './refused.ts';

/** What the server is made of. */
export type ServerParts = {
  switchboard: Switchboard;
  /** What requests are signed with, each by one of these, and the address that the carrier knows us by. */
  authTokens: readonly string[];
  publicBaseUrl: string;
  speech: Omit<Speech, 'turnUrl'>;
  /** In Indonesian: there is trouble and an officer takes over; there is still trouble and the call ends; good-bye after an officer. */
  trouble: { transfer: string; goodbye: string; served: string };
  /** Throws when calls cannot be remembered. */
  checkDatabase: () => Promise<void>;
  log: Log;
  /** Our own members, where they are offered to others. */
  membership?: Router;
  /** Answers who asks for the metrics. */
  metrics?: RequestHandler;
  /** The console, where there is one. */
  console?: Router;
};

const XML = 'text/xml; charset=utf-8';

/** So often is a caller in trouble sent to an officer before the call ends. */
const MOST_APOLOGIES = 3;

/** Says in the address of a turn that the caller comes back from an apology, and from which one. */
const APOLOGIES = 'apologies';

/** The turn that an address names. A number that we never gave stands for the beginning: the call is found, or starts. */
function turnIn(request: Request): number {
  const text = String(request.params.turn ?? '');
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 0;
}

/** The address that failed, as the carrier tells the fallback, with the apologies before this one. */
function failedAddress(errorUrl: unknown): { url: string; before: number } | null {
  const url = typeof errorUrl === 'string' ? URL.parse(errorUrl) : null;
  if (!url || !/\/voice(\/turns\/\d+)?$/.test(url.pathname)) return null;
  return { url: url.origin + url.pathname, before: Number(url.searchParams.get(APOLOGIES)) || 0 };
}

function voiceAnswers({ switchboard, publicBaseUrl, speech, trouble, log }: ServerParts) {
  const prefix = new URL(publicBaseUrl).pathname.replace(/\/+$/, '');
  const turnUrl = (turn: number) => (turn === 0 ? `${prefix}/voice` : `${prefix}/voice/turns/${turn}`);
  const answer = (response: Response, twiml: string) =>
    response.writeHead(200, { 'content-type': XML, 'content-length': Buffer.byteLength(twiml) }).end(twiml);

  /** The caller is told of the trouble and sent to an officer; when that is over, the call goes on at this address. */
  const sorry = (goOnAt: string, before: number) => {
    const again = before < MOST_APOLOGIES;
    return apology({
      sentence: again ? trouble.transfer : trouble.goodbye,
      voice: speech.voices.id,
      officer: again ? { number: speech.officerNumber, action: `${goOnAt}?${APOLOGIES}=${before + 1}` } : null,
    });
  };

  /** Whom an officer has served after an apology, nobody keeps. */
  const served = () => apology({ sentence: trouble.served, voice: speech.voices.id, officer: null });

  const spoken = async ({ callId, caller, input, over }: CarrierRequest, turn: number) => {
    if (over) return nothingToSay();
    const request = { callId, caller, turn, input: turn === 0 ? null : input };
    return render(await switchboard.answer(request), { ...speech, turnUrl });
  };

  return {
    async turn(request: Request, response: Response) {
      const turn = turnIn(request);
      const before = Number(request.query[APOLOGIES]) || 0;
      const heard = parse(signedForm(response));
      if (before > 0 && 'transferAnswered' in heard.input && heard.input.transferAnswered && !heard.over)
        return answer(response, served());
      try {
        answer(response, await spoken(heard, turn));
      } catch (error) {
        log.trouble('a turn failed, the caller is sent to an officer', error, heard.callId);
        switchboard.apologised(heard.callId);
        answer(response, sorry(turnUrl(turn), before));
      }
    },
    async status(_request: Request, response: Response) {
      const { callId, over } = parse(signedForm(response));
      try {
        if (over) await switchboard.hangUp(callId);
      } catch (error) {
        log.trouble('a call that is over could not be forgotten, the purge will', error, callId);
      }
      response.writeHead(204).end();
    },
    fallback(_request: Request, response: Response) {
      const { CallSid, ErrorUrl } = signedForm(response);
      const failed = failedAddress(ErrorUrl);
      if (typeof CallSid === 'string') switchboard.apologised(CallSid);
      answer(response, sorry(failed?.url ?? turnUrl(0), failed?.before ?? 0));
    },
  };
}

const onlyPost = (_request: Request, response: Response) => {
  response.set('Allow', 'POST');
  throw new Refused(405, 'Only POST is understood here.');
};

/**
 * The web server of the hotline, as a value: nothing listens yet. Whatever goes wrong while a turn is taken that the
 * carrier has signed, and could have sent, it gets valid TwiML with status 200.
 */
export function createServer(parts: ServerParts): Express {
  const { authTokens, publicBaseUrl, checkDatabase, log } = parts;
  const door = carrierDoor(authTokens, publicBaseUrl);
  const voice = voiceAnswers(parts);
  const app = express().disable('x-powered-by').disable('etag');
  app.route('/voice').post(door, voice.turn).all(onlyPost);
  app.route('/voice/turns/:turn').post(door, voice.turn).all(onlyPost);
  app.route('/voice/status').post(door, voice.status).all(onlyPost);
  app.route('/voice/fallback').post(door, voice.fallback).all(onlyPost);
  app.get('/health', async (_request, response) => {
    try {
      await checkDatabase();
      response.json({ ok: true, uptimeSeconds: Math.floor(process.uptime()) });
    } catch (error) {
      log.trouble('calls cannot be remembered', error);
      response.status(503).json({ ok: false, problem: 'Calls cannot be remembered.' });
    }
  });
  if (parts.membership) app.use('/membership', parts.membership);
  if (parts.metrics) app.get('/metrics', parts.metrics);
  if (parts.console) app.use(parts.console);
  app.use(() => {
    throw new Refused(404, 'There is nothing here: the carrier calls /voice.');
  });
  return app.use(refusals(log));
}
