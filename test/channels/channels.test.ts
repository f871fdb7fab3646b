import twilio from 'twilio';
import { parse, verify } from '../../src/channels/twilioVoice.ts';
import { render } from '../../src/channels/twiml.ts';
import { carriesCalls } from './contract.ts';

const authToken = 'tokenOfTheCarrier';
const url = 'https://hotline.example.org/voice/turns/3';
const turnUrl = (turn: number) => `/voice/turns/${turn}`;
const voices = { id: 'Google.id-ID-Wavenet-A', en: 'Google.en-US-Chirp3-HD-Aoede' };

carriesCalls('Twilio Voice', {
  callId: `CA${'0a'.repeat(16)}`,
  turnUrl,
  sent(CallSid, From, input) {
    const did: Record<string, string> =
      'keys' in input
        ? { Digits: input.keys, FinishedOnKey: input.finishedByHash ? '#' : '', msg: 'Gather End' }
        : { DialCallStatus: input.transferAnswered ? 'completed' : 'no-answer' };
    const form = { CallSid, From, CallStatus: 'in-progress', ...did };
    return { form, signature: twilio.getExpectedTwilioSignature(authToken, url, form) };
  },
  verify: (form, signature) => verify(authToken, url, form, signature),
  parse,
  render: (turn) => render(turn, { turnUrl, voices, officerNumber: '+15005550006' }),
});
