import { type Settings, WrongSettings } from './config.ts';

/** What the system says of a folder or a file that cannot be made, read or written. */
const ofFiles = new Set(['EACCES', 'EDQUOT', 'EEXIST', 'EISDIR', 'ENOENT', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS']);

/** An error of the system's, with what it tells of where it happened. */
type SystemError = Error & { code: string; syscall?: string };

const isFromSystem = (error: Error): error is SystemError => 'code' in error && typeof error.code === 'string';

/** What is to be done where nobody can listen on this address. */
function whereToListen(code: string, { host, port }: Settings): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} at ${host} is taken, perhaps by another hotline: stop that one, or set PORT to another number.`;
  if (code === 'EACCES') return `Port ${port} is not for everybody: set PORT to a number from 1024 on.`;
  const rule = 'set HOST to an address of this machine, such as 127.0.0.1, or to 0.0.0.0 for all that it has';
  return `This machine cannot listen at ${host} (${code}): ${rule}.`;
}

/** What to tell whoever could not start the hotline. `settings` are missing where they were what was wrong. */
export function startAdvice(error: unknown, settings?: Settings): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof WrongSettings) return `${error.message}\n.env.example says what each setting is for.`;
  const why = `The hotline cannot start. ${error.message}`;
  if (!settings || !isFromSystem(error)) return why;
  const { code, syscall = '' } = error;
  if (['listen', 'getaddrinfo'].includes(syscall)) return whereToListen(code, settings);
  const { dataDir } = settings;
  if (ofFiles.has(code) || code === 'ERR_SQLITE_ERROR')
    return `${why.replace(/\.$/, '')}. DATA_DIR is ${dataDir}: it must be a folder that this server may write to, on a disk with room.`;
  return why;
}
