import { createServer } from 'node:http';
import express from 'express';
import twilio from 'twilio';

const { VoiceResponse } = twilio.twiml;

/**
 * A clinic in the style of Twilio's own tutorials: Express, the official library for TwiML and signatures; callers wait
 * in a queue for a nurse, and a doctor on call is told first who is calling.
 */
export function clinic(authToken: string) {
  const app = express().use(express.urlencoded({ extended: false }));
  const answer = (
    path: string,
    write: (response: InstanceType<typeof VoiceResponse>, form: Record<string, string>) => void,
  ) =>
    app.post(path, twilio.webhook(authToken, { protocol: 'http' }), (request, response) => {
      const twiml = new VoiceResponse();
      write(twiml, request.body as Record<string, string>);
      response.type('text/xml').send(twiml.toString());
    });

  answer('/voice', (twiml) => {
    twiml.gather({ numDigits: 1, action: 'choice' }).say('For a nurse, press 1. For the doctor on call, press 2.');
    twiml.redirect('voice');
  });
  answer('/choice', (twiml, { Digits }) => {
    if (Digits === '1') twiml.enqueue({ waitUrl: 'waiting', action: 'served' }, 'nurses');
    else if (Digits === '2') twiml.dial({ action: 'afterwards' }).number({ url: 'whisper' }, '+62215550111');
    else twiml.redirect('voice');
  });
  answer('/waiting', (twiml, { QueuePosition }) => {
    twiml.say(`You are number ${QueuePosition}.`);
    twiml.pause({ length: 10 });
  });
  answer('/served', (twiml, { QueueResult }) => void twiml.say(`The queue says ${QueueResult}.`));
  answer('/nurse', (twiml) => void twiml.dial().queue({ url: 'announce' }, 'nurses'));
  answer('/announce', (twiml) => void twiml.say('A nurse is here.'));
  answer('/whisper', (twiml) => {
    twiml.gather({ numDigits: 1, action: 'accepted', timeout: 5 }).say('A patient calls. Press any key.');
    twiml.hangup();
  });
  answer('/accepted', (twiml) => void twiml.say('Go ahead.'));
  answer('/afterwards', (twiml, { DialCallStatus }) => void twiml.say(`The doctor: ${DialCallStatus}.`));
  return createServer(app);
}
