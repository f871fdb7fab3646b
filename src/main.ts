import { type Settings, settingsOfThisProcess } from './config.ts';
import { accessFor } from './desk/access.ts';
import { frontDesk } from './frontDesk.ts';
import { type Hotline, startHotline } from './hotline.ts';
import { startAdvice } from './startAdvice.ts';

/** Where the console is, or why there is none. */
function consoleAt({ url }: Hotline, settings: Settings): string {
  const access = accessFor(settings, settings.consolePassword);
  if (access.for === 'nobody')
    return 'The console is closed, since others may reach it (HOST, PUBLIC_BASE_URL): set CONSOLE_PASSWORD to open it.';
  const toWhom = access.for === 'password' ? ' asks for CONSOLE_PASSWORD, and' : '';
  return `The console${toWhom} is at ${url}/`;
}

const welcome = (hotline: Hotline, settings: Settings) => `
The hotline answers at ${hotline.url}/voice${hotline.url === hotline.listensAt ? '' : `, and listens at ${hotline.listensAt}`}
${consoleAt(hotline, settings)}

Call it from a second terminal, with the same settings:   npm run phone
Then press 1 for the membership status and type a number, for instance
  0009999000017 #   pays itself, family of five, all paid
  0009999000020 #   pays itself, three months in arrears
The README lists more members to try. Ctrl-C here stops the hotline.
`;

/** Whoever stops a server waits ten seconds for it, and kills it then. */
const LONGEST_END_MS = 9_500;

function closeOnSignal(hotline: Hotline): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      setTimeout(() => {
        console.error('The hotline did not stop in time; what it was still at is given up.');
        process.exit(1);
      }, LONGEST_END_MS).unref();
      hotline
        .close()
        .catch((error) => {
          console.error(`The hotline did not stop cleanly. ${error instanceof Error ? error.message : error}`);
          process.exitCode = 1;
        })
        // What still runs now only hopes that a collector of traces comes back.
        .finally(() => process.exit());
    });
}

let settings: Settings | undefined;
try {
  settings = settingsOfThisProcess();
  const hotline = await startHotline(settings, {}, frontDesk);
  closeOnSignal(hotline);
  console.log(welcome(hotline, settings));
} catch (error) {
  console.error(startAdvice(error, settings));
  process.exitCode = 1;
}
