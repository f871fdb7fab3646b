import { createHash } from 'node:crypto';

const style = `
:root { color-scheme: light dark; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 1rem/1.5 system-ui, sans-serif;
  background: light-dark(#f3f1ec, #14181b); color: light-dark(#1d2326, #e6e9ea); }
form { width: min(20rem, 86vw); display: grid; gap: .75rem; }
h1 { font-size: 1.5rem; letter-spacing: .02em; margin: 0; }
input, button { font: inherit; padding: .6rem .75rem; border-radius: .5rem; border: 1px solid light-dark(#8b928f, #6c7579); }
input { background: light-dark(#fff, #1d2326); color: inherit; }
button { background: light-dark(#0a5c44, #7fd6b4); color: light-dark(#fff, #0d1513); border-color: transparent; cursor: pointer; }
p { margin: 0; } [role=alert] { color: light-dark(#a3231b, #ff9d94); }
`;

/** What the browser may load on the page that asks for the password: its own style, and nothing else. */
export const loginPolicy = {
  'default-src': ["'none'"],
  'style-src': [`'sha256-${createHash('sha256').update(style).digest('base64')}'`],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  'base-uri': ["'none'"],
};

const complaints = {
  wrong: 'Kata sandi salah. <span lang="en">Wrong password.</span>',
  'too often': 'Terlalu sering dicoba. Tunggu 15 menit. <span lang="en">Too many tries. Wait 15 minutes.</span>',
};

/** The page that asks for the console's password, in both languages, without a script. */
export function loginPage(complaint: keyof typeof complaints | null): string {
  const alert = complaint === null ? '' : `<p role="alert">${complaints[complaint]}</p>`;
  return `<!doctype html><html lang="id"><head><meta charset="utf-8"><title>1500 400</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${style}</style></head>
<body><main><form method="post" action="login"><h1>1500 400</h1>${alert}
<label for="password">Kata sandi konsol <span lang="en">· Console password</span></label>
<input id="password" name="password" type="password" autocomplete="current-password" required autofocus>
<button>Masuk <span lang="en">· Log in</span></button></form></main></body></html>`;
}
