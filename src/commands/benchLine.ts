import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, realClock, virtualClock } from '../simulator/clock.ts';
import { dial } from '../simulator/phone.ts';

const authToken = 'the token of a benchmark';

/** Seventy words are thirty seconds at 140 a minute; four such questions are a call of two spoken minutes. */
const halfAMinute = `<Say>${'word '.repeat(70)}</Say>`;
const QUESTIONS = 4;
/** Seven words are three seconds; a person can wait for that. */
const threeSeconds = '<Say>seven words are said in three seconds</Say>';

const ask = (inside: string, next: string) =>
  `<Response><Gather numDigits="1" action="${next}">${inside}</Gather></Response>`;

async function application() {
  const server = createServer((incoming, response) => {
    incoming.resume();
    const turn = Number(/\d+$/.exec(incoming.url ?? '')?.[0] ?? 0);
    const document = incoming.url?.startsWith('/short')
      ? turn < 2
        ? ask(threeSeconds, `/short/${turn + 1}`)
        : '<Response><Hangup/></Response>'
      : turn < QUESTIONS
        ? ask(halfAMinute, `/long/${turn + 1}`)
        : '<Response><Hangup/></Response>';
    response.writeHead(200, { 'content-type': 'text/xml' }).end(document);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

/** One bare request and its whole answer: what the line and the application cannot do without. */
const roundTrip = (url: string) =>
  new Promise<void>((resolve, reject) => {
    const outgoing = request(url, { method: 'POST' }, (answer) => answer.resume().once('end', resolve));
    outgoing.once('error', reject).end('CallSid=CA');
  });

async function longCall(url: string): Promise<number> {
  const phone = await dial(`${url}/long/0`, { authToken });
  for (let turn = 0; turn < QUESTIONS; turn++) await phone.press('1');
  await phone.waitUntilSilence();
  return phone.duration;
}

/** How long something takes on average, in milliseconds, after it has been done a while. */
async function milliseconds(times: number, work: () => Promise<unknown>): Promise<number> {
  for (let warm = 0; warm < times / 4; warm++) await work();
  const began = performance.now();
  for (let time = 0; time < times; time++) await work();
  return (performance.now() - began) / times;
}

async function shortCall(url: string, clock: Clock): Promise<number> {
  const phone = await dial(`${url}/short/0`, { authToken, clock });
  await phone.press('1');
  await phone.press('1');
  await phone.waitUntilSilence();
  return phone.duration;
}

const app = await application();
const spokenSeconds = (await longCall(app.url)) / 1_000;
const whole = await milliseconds(400, () => longCall(app.url));
const requests = await milliseconds(400, async () => {
  for (let turn = 0; turn <= QUESTIONS; turn++) await roundTrip(`${app.url}/long/${turn}`);
});
const [virtual, real] = [await shortCall(app.url, virtualClock()), await shortCall(app.url, realClock())];
app.close();

console.log(`A call of ${spokenSeconds} s on the virtual clock, ${QUESTIONS + 1} requests:
  ${whole.toFixed(2)} ms in all, ${requests.toFixed(2)} ms for the same requests without a line
  ${(whole - requests).toFixed(2)} ms are the line's own, ${(whole / requests).toFixed(1)} times the requests alone
The same call on both clocks:
  ${virtual} ms on the virtual one, ${Math.round(real)} ms on the real one, ${Math.round(real - virtual)} ms apart`);
