import express, { type Express, type Request, type Response } from 'express';
import type { Switchboard } from './call/switchboard.ts';
import { carrierDoor, Refused, refusals, signedForm } from './carrierDoor.ts';
import { type Heard, parse } from './channels/twilioVoice.ts';
import { apology, nothingToSay, render, type Speech } from './channels/twiml.ts';
import type { Log } from './log.ts';

/** What the server is made of. */
export type ServerParts = {
  switchboard: Switchboard;
  /** What requests are signed with, and the address that the carrier knows us by. */
  authToken: string;
  publicBaseUrl: string;
  speech: Omit<Speech, 'turnUrl'>;
  /** In Indonesian: there is trouble and an officer takes over; there is still trouble and the call ends. */
  trouble: { transfer: string; goodbye: string };
  /** Throws when calls cannot be remembered. */
  checkDatabase: () => void;
  log: Log;
};

/** So often is a caller in trouble sent to an officer before the call ends. */
const MOST_APOLOGIES = 3;

/** Says in the address of a turn that the caller comes back from an apology, and from which one. */
const APOLOGIES = 'apologies';

function turnIn(request: Request): number {
  const text = String(request.params.turn);
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Refused(400, 'The turn must be a whole number from 1 to 9999.');
  return Number(text);
}

/** What the address that failed says, where the fallback is told one: the turn, and the apologies before it. */
function failedTurn(errorUrl: unknown): { turn: number; before: number } {
  const url = typeof errorUrl === 'string' ? URL.parse(errorUrl) : null;
  const turn = url?.pathname.match(/\/voice\/turns\/([1-9]\d{0,3})$/)?.[1] ?? '0';
  return { turn: Number(turn), before: Number(url?.searchParams.get(APOLOGIES)) || 0 };
}

function voiceAnswers({ switchboard, publicBaseUrl, speech, trouble, log }: ServerParts) {
  const prefix = new URL(publicBaseUrl).pathname.replace(/\/+$/, '');
  const turnUrl = (turn: number) => (turn === 0 ? `${prefix}/voice` : `${prefix}/voice/turns/${turn}`);
  const answer = (response: Response, twiml: string) => response.type('text/xml').send(twiml);

  const sorry = (turn: number, before: number) => {
    const again = before < MOST_APOLOGIES;
    const action = `${turnUrl(turn)}?${APOLOGIES}=${before + 1}`;
    return apology({
      sentence: again ? trouble.transfer : trouble.goodbye,
      voice: speech.voices.id,
      officer: again ? { number: speech.officerNumber, action } : null,
    });
  };

  const spoken = async ({ callId, caller, input, over }: Heard, turn: number) => {
    if (over) return nothingToSay();
    const request = { callId, caller, turn, input: turn === 0 ? null : input };
    return render(await switchboard.answer(request), { ...speech, turnUrl });
  };

  return {
    async turn(request: Request, response: Response) {
      const turn = 'turn' in request.params ? turnIn(request) : 0;
      const heard = parse(signedForm(request));
      try {
        answer(response, await spoken(heard, turn));
      } catch (error) {
        log.trouble('a turn failed, the caller is sent to an officer', error, heard.callId);
        answer(response, sorry(turn, Number(request.query[APOLOGIES]) || 0));
      }
    },
    async status(request: Request, response: Response) {
      const { callId, over } = parse(signedForm(request));
      try {
        if (over) await switchboard.hangUp(callId);
      } catch (error) {
        log.trouble('a call that is over could not be forgotten, the purge will', error, callId);
      }
      response.status(204).end();
    },
    fallback(request: Request, response: Response) {
      const { turn, before } = failedTurn(signedForm(request).ErrorUrl);
      answer(response, sorry(turn, before));
    },
  };
}

const onlyPost = (_request: Request, response: Response) => {
  response.set('Allow', 'POST');
  throw new Refused(405, 'Only POST is understood here.');
};

/**
 * The web server of the hotline, as a value: nothing listens yet. Whatever goes wrong while a signed turn is taken,
 * the carrier gets valid TwiML with status 200.
 */
export function createServer(parts: ServerParts): Express {
  const { authToken, publicBaseUrl, checkDatabase, log } = parts;
  const door = carrierDoor(authToken, publicBaseUrl);
  const voice = voiceAnswers(parts);
  const app = express().disable('x-powered-by');
  app.route('/voice').post(door, voice.turn).all(onlyPost);
  app.route('/voice/turns/:turn').post(door, voice.turn).all(onlyPost);
  app.route('/voice/status').post(door, voice.status).all(onlyPost);
  app.route('/voice/fallback').post(door, voice.fallback).all(onlyPost);
  app.get('/health', (_request, response) => {
    try {
      checkDatabase();
      response.json({ ok: true, uptimeSeconds: Math.floor(process.uptime()) });
    } catch (error) {
      log.trouble('the database cannot be read', error);
      response.status(503).json({ ok: false, problem: 'The database cannot be read.' });
    }
  });
  app.use(() => {
    throw new Refused(404, 'There is nothing here: the carrier calls /voice.');
  });
  return app.use(refusals(log));
}
