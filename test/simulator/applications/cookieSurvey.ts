import { createServer } from 'node:http';

const questions = ['How many are you?', 'How many of them are children?'];

/**
 * A survey in the style of one script that is its own action: Gathers without an action, the state in cookies, relative
 * addresses, and `*` to begin again.
 */
export function cookieSurvey() {
  const answered: string[][] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const digits = new URLSearchParams(body).get('Digits');
    const given = /answers=([\d.]*)/.exec(request.headers.cookie ?? '')?.[1];
    const before = given ? given.split('.') : [];
    const answers = digits === null ? before : digits === '*' ? [] : [...before, digits];
    const twiml = (inside: string) =>
      response
        .writeHead(200, {
          'content-type': 'application/xml',
          'set-cookie': `answers=${answers.join('.')}; Path=/survey`,
        })
        .end(`<?xml version="1.0"?>\n<Response>${inside}</Response>`);

    if (request.url === '/survey/thanks/') return twiml('<Say>Thank you.</Say><Redirect>../../bye</Redirect>');
    if (request.url === '/bye')
      return twiml(`<Say>${request.headers.cookie ? 'Still here.' : 'Goodbye.'}</Say><Hangup/>`);
    const question = questions[answers.length];
    if (question) return twiml(`<Gather finishOnKey="#"><Say>${question}</Say></Gather><Say>Nobody there.</Say>`);
    answered.push(answers);
    return twiml('<Redirect>thanks/</Redirect>');
  });
  return { server, answered };
}
