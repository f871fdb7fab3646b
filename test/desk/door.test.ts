import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { BADGE_LASTS_MS, badges, isSame } from '../../src/desk/badge.ts';
import { atTheDoor, consolePassword } from './atTheDoor.ts';

const routes = ['/', '/map.json', '/about.json', '/calls', '/assets/index.js', '/login', '/logout'];
const withPassword = { CONSOLE_PASSWORD: consolePassword };

/** How the log tells of who was turned away. */
const refused = { message: 'a request was refused', level: 'warn' };

describe('a console on this machine', () => {
  test('is open, and asks nobody for a password', async () => {
    const { ask, telephone, listensAt } = await atTheDoor();
    expect((await ask('/about.json')).status).toBe(200);
    expect((await ask('/login')).status).toBe(404);
    expect(await telephone()).toBe('open');
    expect(await telephone({ origin: listensAt })).toBe('open');
    for (const host of ['localhost:99', '127.0.0.1', '[::1]:15400'])
      expect((await ask('/about.json', { headers: { host } })).status, host).toBe(200);
  });

  test.each(['hotline.example.org', 'localhost.example.org', '127.0.0.1.example.org', '10.0.0.1', 'a b'])(
    'is closed to who was led here under the name "%s"',
    async (host) => {
      const { ask, telephone } = await atTheDoor();
      expect([400, 403]).toContain((await ask('/about.json', { headers: { host } })).status);
      expect(['400', '403']).toContain(await telephone({ host }));
    },
  );

  test.each(['https://example.org', 'http://localhost.example.org', 'null', 'nonsense'])(
    'gives no telephone to a page of %s',
    async (origin) => {
      const { telephone } = await atTheDoor();
      expect(await telephone({ origin })).toBe('403');
    },
  );

  test('survives a socket that is refused and breaks at once', async () => {
    const { ask, listensAt } = await atTheDoor();
    const { hostname, port } = new URL(listensAt);
    const socket = connect(Number(port), hostname);
    await new Promise((resolve) => socket.once('connect', resolve));
    const head = 'GET /elsewhere HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    socket.write(head, () => socket.resetAndDestroy());
    await new Promise((resolve) => socket.once('close', resolve));
    expect((await ask('/health')).status).toBe(200);
  });
});

describe.each([{ PUBLIC_BASE_URL: 'http://hotline.example.org' }, { HOST: '0.0.0.0' }])(
  'a console that others could reach by %j, without a password',
  (env) => {
    test('is not there, on any of its ways', async () => {
      const { ask, telephone } = await atTheDoor(env);
      for (const route of routes) expect((await ask(route)).status, route).toBe(404);
      expect((await ask('/login', { method: 'POST' })).status).toBe(404);
      expect(await telephone()).toBe('closed');
      expect((await ask('/health')).status).toBe(200);
    });
  },
);

describe('a console with a password', () => {
  test('shows nothing before, leads to the login, and shows all after it', async () => {
    const { ask, telephone, badge } = await atTheDoor(withPassword);
    expect(await ask('/')).toMatchObject({ status: 303, headers: { location: 'login' } });
    for (const route of ['/map.json', '/about.json', '/calls', '/assets/index.js'])
      expect((await ask(route)).status, route).toBe(401);
    expect(await telephone()).toBe('403');
    const cookie = await badge();
    expect((await ask('/about.json', { headers: { cookie } })).status).toBe(200);
    expect((await ask('/', { headers: { cookie } })).text).toContain('<div id="page">');
    expect(await telephone({ cookie })).toBe('open');
    expect(await telephone({ cookie, origin: 'https://example.org' })).toBe('403');
  });

  test('refuses a wrong one ten times, and then everybody for a while', async () => {
    const { logIn, log: _, ...door } = await atTheDoor(withPassword);
    for (let times = 1; times <= 10; times++) expect((await logIn('wrong')).status).toBe(401);
    expect(await logIn('wrong')).toMatchObject({ status: 429, text: expect.stringContaining('15') });
    expect((await logIn(consolePassword)).status).toBe(429);
    expect(door.troubles).toEqual([]);
  });

  test('does not count right ones, and refuses what is no password at all', async () => {
    const { ask, logIn, troubles } = await atTheDoor(withPassword);
    for (let times = 1; times <= 12; times++) expect((await logIn(consolePassword)).status).toBe(303);
    expect((await logIn('')).status).toBe(401);
    expect((await ask('/login', { method: 'POST' })).status).toBe(401);
    expect((await logIn('x'.repeat(2_000))).status).toBe(413);
    expect((await logIn(consolePassword, { 'content-encoding': 'zip' })).status).toBe(415);
    expect(troubles).toEqual([]);
  });

  test('does not take one from a page of somebody else', async () => {
    const { logIn, listensAt } = await atTheDoor({ ...withPassword, PUBLIC_BASE_URL: 'http://hotline.example.org' });
    expect((await logIn(consolePassword, { origin: 'https://example.org' })).status).toBe(401);
    expect((await logIn(consolePassword, { origin: listensAt })).status).toBe(303);
    expect((await logIn(consolePassword, { origin: 'http://hotline.example.org' })).status).toBe(303);
  });

  test('gives a badge that no script reads and no other page sends, over https alone where there is https', async () => {
    const near = await atTheDoor(withPassword);
    const [cookie] = (await near.logIn(consolePassword)).headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^hotline_console=[\w.-]+; Max-Age=43200; Path=\/; .*HttpOnly; SameSite=Strict$/);
    const publicly = {
      PUBLIC_BASE_URL: 'https://hotline.example.org/a',
      OFFICER_NUMBER: '+62215550100',
      TWILIO_AUTH_TOKEN: 'aTokenOfTheCarrier',
    };
    const far = await atTheDoor({ ...withPassword, ...publicly });
    const [secure] = (await far.logIn(consolePassword)).headers['set-cookie'] ?? [];
    expect(secure).toMatch(/Path=\/a;.*HttpOnly; Secure; SameSite=Strict$/);
  });

  test('knows no badge of another server, or one that was changed', async () => {
    const { ask, badge } = await atTheDoor(withPassword);
    const other = await (await atTheDoor(withPassword)).badge();
    const own = await badge();
    for (const cookie of [other, `${own}x`, own.replace('=', '=9'), 'hotline_console=', own.replace('console', 'desk')])
      expect((await ask('/about.json', { headers: { cookie } })).status, cookie).toBe(401);
    expect((await ask('/about.json', { headers: { cookie: `a=b; ${own}; c=d` } })).status).toBe(200);
  });

  test('takes the badge back from who logs out, whoever has kept a copy of it', async () => {
    const { ask, badge, telephone } = await atTheDoor(withPassword);
    const [cookie, other] = [await badge(), await badge()];
    const { status, headers } = await ask('/logout', { method: 'POST', headers: { cookie } });
    expect([status, headers.location]).toEqual([303, 'login']);
    expect(headers['set-cookie']?.[0]).toMatch(/^hotline_console=; .*Expires=Thu, 01 Jan 1970/);
    expect((await ask('/about.json', { headers: { cookie } })).status).toBe(401);
    expect(await telephone({ cookie })).toBe('403');
    expect((await ask('/about.json', { headers: { cookie: other } })).status).toBe(200);
  });

  test('lets no page of somebody else log anybody out', async () => {
    const { ask, badge, notes } = await atTheDoor(withPassword);
    const cookie = await badge();
    const { status } = await ask('/logout', { method: 'POST', headers: { cookie, origin: 'https://example.org' } });
    expect(status).toBe(403);
    expect((await ask('/about.json', { headers: { cookie } })).status).toBe(200);
    expect(notes).toEqual([{ ...refused, status: 403, reason: expect.stringMatching(/page/) }]);
  });

  test('tells the operator of guesses, and not what was guessed', async () => {
    const { logIn, notes } = await atTheDoor(withPassword);
    for (let times = 1; times <= 11; times++) await logIn('a guess');
    const wrong = { ...refused, status: 401, reason: 'The password is wrong.' };
    expect(notes).toEqual([...Array(10).fill(wrong), { ...wrong, status: 429, reason: 'Too many wrong passwords.' }]);
    expect(JSON.stringify(notes)).not.toContain('a guess');
  });
});

test('a page of the console may load its own things only, and be held by nobody', async () => {
  const { ask } = await atTheDoor(withPassword);
  const open = await atTheDoor();
  for (const { headers } of [await open.ask('/'), await open.ask('/about.json'), await ask('/login')]) {
    const policy = String(headers['content-security-policy']).split(';');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy.join()).not.toMatch(/unsafe|https?:|\*/);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN' });
    expect(headers['x-powered-by']).toBeUndefined();
  }
});

describe('a badge', () => {
  const key = Buffer.alloc(32, 1);

  test('is good for twelve hours, and not a moment longer', () => {
    let now = 1_000;
    const { issue, isGood } = badges(key, () => now);
    const badge = issue();
    expect(isGood(badge)).toBe(true);
    now += BADGE_LASTS_MS - 1;
    expect(isGood(badge)).toBe(true);
    now += 1;
    expect(isGood(badge)).toBe(false);
  });

  test('that was revoked is good no more, and the others are', () => {
    const { issue, isGood, revoke } = badges(key);
    const [one, other] = [issue(), issue()];
    revoke(one);
    revoke('not a badge');
    expect([isGood(one), isGood(other)]).toEqual([false, true]);
  });

  test('is good under its own key only, and no two are the same', () => {
    const one = badges(key, () => 0);
    expect(badges(Buffer.alloc(32, 2), () => 0).isGood(one.issue())).toBe(false);
    expect(one.issue()).not.toBe(one.issue());
  });

  test.each(['', '.', '9999999999999.a.b', '9999999999999', 'x'.repeat(99)])('is not this: %s', (text) => {
    expect(badges(key, () => 0).isGood(text)).toBe(false);
  });
});

test('two secrets are the same, or differ, whatever their lengths', () => {
  expect([isSame('a', 'a'), isSame('a', 'b'), isSame('a', 'ab'), isSame('', '')]).toEqual([true, false, false, true]);
});
