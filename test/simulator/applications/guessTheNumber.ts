import { createServer } from 'node:http';

/**
 * A game in the style of plain web pages: everything is in the address, every form is answered by a redirect to a page,
 * pages are `text/html`, actions are whole addresses, and silence goes round by an empty Redirect.
 */
export function guessTheNumber(secret: number) {
  return createServer((request, response) => {
    const here = new URL(request.url ?? '', `http://${request.headers.host}`);
    const tries = Number(here.searchParams.get('tries') ?? 0);
    const see = (page: string) => response.writeHead(302, { location: `${here.origin}${page}` }).end();
    const show = (inside: string) =>
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<Response>${inside}</Response>`);
    const question = (say: string) =>
      show(
        `<Gather numDigits="1" timeout="3" action="${here.origin}/guess?tries=${tries + 1}"><Say>${say}</Say></Gather><Redirect/>`,
      );

    if (here.pathname === '/voice') return see('/ask?tries=0');
    if (here.pathname === '/ask') return question('Guess a digit.');
    if (here.pathname === '/lower') return question('Lower.');
    if (here.pathname === '/higher') return question('Higher.');
    if (here.pathname === '/won') return show(`<Say>Right, after ${tries} tries.</Say>`);
    let form = '';
    request.on('data', (part) => {
      form += part;
    });
    request.on('end', () => {
      const guess = Number(new URLSearchParams(form).get('Digits'));
      see(`/${guess === secret ? 'won' : guess > secret ? 'lower' : 'higher'}?tries=${tries}`);
    });
  });
}
