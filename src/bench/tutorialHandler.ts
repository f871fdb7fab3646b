import express, { type Express } from 'express';
import twilio from 'twilio';

/**
 * A menu as the carrier's tutorials write one: the form is parsed, the SDK makes the TwiML. Nobody checks who asks, and
 * nothing is remembered.
 */
export function tutorialHandler(): Express {
  const app = express();
  app.use(express.urlencoded({ extended: false }));
  app.post('/{*any}', (request, response) => {
    const twiml = new twilio.twiml.VoiceResponse();
    const gather = twiml.gather({ numDigits: 1, action: '/voice/turns/1', method: 'POST' });
    const language = 'id-ID';
    if (request.body.Digits === '1') gather.say({ language }, 'Ketik 13 angka nomor kartu, lalu tekan pagar.');
    else gather.say({ language }, 'Untuk status kepesertaan, tekan 1. Untuk petugas, tekan 0.');
    response.type('text/xml').send(twiml.toString());
  });
  return app;
}
