import { type Settings, settingsOfThisProcess, WrongSettings } from './config.ts';
import { accessFor } from './desk/access.ts';
import { frontDesk } from './frontDesk.ts';
import { type Hotline, startHotline } from './hotline.ts';

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

/** What to tell whoever could not start the hotline. */
function advice(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof WrongSettings) return `${error.message}\n.env.example says what each setting is for.`;
  if ('code' in error && error.code === 'EADDRINUSE')
    return 'The port is taken, perhaps by another hotline: stop that one, or set PORT to another number.';
  return `The hotline cannot start. ${error.message}`;
}

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
          console.error(`The hotline did not stop cleanly. ${advice(error)}`);
          process.exitCode = 1;
        })
        // What still runs now only hopes that a collector of traces comes back.
        .finally(() => process.exit());
    });
}

try {
  const settings = settingsOfThisProcess();
  const hotline = await startHotline(settings, {}, frontDesk);
  closeOnSignal(hotline);
  console.log(welcome(hotline, settings));
} catch (error) {
  console.error(advice(error));
  process.exitCode = 1;
}
