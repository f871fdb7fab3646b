import { WebSocket } from 'ws';
import { consolePassword, type watchedHotline } from './hotline.ts';
import { zulaikha } from './people.ts';

type Watched = Awaited<ReturnType<typeof watchedHotline>>;
type Message = { line?: { ticket: string }; display?: { doing: { what: string } } };

const { name, card, nik, phone } = zulaikha;

/** Somebody who has logged in to the console. */
async function loggedIn({ listensAt, kept }: Watched): Promise<string> {
  const logIn = (password: string) =>
    fetch(`${listensAt}/login`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ password }) });
  for (const wrong of [card, name]) kept.console.push(await (await logIn(wrong)).text());
  const response = await logIn(consolePassword);
  kept.console.push(JSON.stringify([...response.headers]));
  return response.headers.getSetCookie()[0]!.split(';')[0]!;
}

async function opened({ listensAt }: Watched, cookie: string): Promise<WebSocket> {
  const socket = new WebSocket(`${listensAt.replace('http', 'ws')}/telephone`, { headers: { cookie } });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return socket;
}

/** Everything that the console tells who looks at it while others call, until `close`. */
export async function onlooker(hotline: Watched) {
  const { listensAt, kept } = hotline;
  const cookie = await loggedIn(hotline);
  const headers = { cookie };
  const leaving = new AbortController();
  const feed = await fetch(`${listensAt}/calls`, { headers, signal: leaving.signal });
  const read = (async () => {
    for await (const part of feed.body!.pipeThrough(new TextDecoderStream())) kept.console.push(part);
  })().catch(() => {});
  const socket = await opened(hotline, cookie);
  socket.on('message', (data) => kept.console.push(String(data)));
  return {
    cookie,
    async close(): Promise<void> {
      const query = new URLSearchParams({ card, nik, phone, name });
      for (const path of ['/', '/about.json', '/map.json', '/login', `/calls/${card}`, `/${nik}?${query}`])
        kept.console.push(await (await fetch(listensAt + path, { headers })).text());
      for (const message of [{ do: 'resume', ticket: card, arrived: 0, baton: nik }, { do: name }, card])
        socket.send(JSON.stringify(message));
      await new Promise((resolve) => socket.once('message', resolve));
      socket.terminate();
      leaving.abort();
      await read;
    },
  };
}

/** A tester calls at the console as this person, key by key on the real clock; what this page hears is the tester's own. */
export async function testersCall(hotline: Watched, cookie: string): Promise<void> {
  const socket = await opened(hotline, cookie);
  const heard: Message[] = [];
  socket.on('message', (data) => heard.push(JSON.parse(String(data))));
  const until = (what: string, turns: number) =>
    new Promise<void>((resolve) => {
      const look = () => {
        const times = heard.filter((one) => 'inside' in one).length;
        if (times >= turns && heard.findLast(({ display }) => display)?.display?.doing.what === what) resolve();
        else socket.once('message', look);
      };
      look();
    });
  const say = (message: object) => socket.send(JSON.stringify(message));
  let n = 0;
  say({ do: 'call', from: phone });
  for (const [turn, keys] of ['1', card, '1', nik.slice(-4)].entries()) {
    await until('speaking', turn + 1);
    for (const key of turn === 1 ? `${keys}#` : keys) say({ do: 'press', n: ++n, key });
  }
  await until('speaking', 5);
  say({ do: 'copy' });
  say({ do: 'hangUp', n: ++n });
  await until('over', 5);
  socket.close();
}
