import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/** Makes stored values unreadable, and subjects unguessable, to whoever has the file but not the key. */
export type Seal = {
  /** What another thread makes the same seal of. */
  key: KeyObject;
  /** Any JSON value as bytes. Only the same `label` opens them: a value cannot be moved to another call. */
  close(value: unknown, label: string): Uint8Array;
  /** The same for a value that is JSON already. */
  closeJson(json: string, label: string): Uint8Array;
  /** The value again. Throws where the key or the label is another, or the bytes were changed. */
  open(bytes: Uint8Array, label: string): unknown;
  /** The same bytes for the same text, and no way back. */
  hash(text: string): Uint8Array;
};

/** A value that is sealed by whoever writes it: for a file, by a thread that no call waits for. Nobody can print it. */
export class Unsealed {
  readonly seal: Seal;
  readonly label: string;
  readonly #json: string;
  constructor(seal: Seal, value: unknown, label: string) {
    this.seal = seal;
    this.label = label;
    this.#json = JSON.stringify(value);
  }
  get json(): string {
    return this.#json;
  }
}

/** What stands in the column that this fills. */
export const asStored = <Value>(value: Value | Unsealed): Value | Uint8Array =>
  value instanceof Unsealed ? value.seal.closeJson(value.json, value.label) : value;

/** The first byte of what is sealed this way; another way of sealing gets another number. */
const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const IVS_AT_ONCE = 256;

const derived = (key: KeyObject, use: string) =>
  createSecretKey(Buffer.from(hkdfSync('sha256', key, '', `hotline ${use}`, 32)));

/** Random bytes for many sealings at once: asking for each by itself takes as long as sealing. */
function randomIvs(): () => Uint8Array {
  let [ivs, used] = [randomBytes(0), 0];
  return () => {
    if (used === ivs.length) [ivs, used] = [randomBytes(IVS_AT_ONCE * IV_BYTES), 0];
    used += IV_BYTES;
    return ivs.subarray(used - IV_BYTES, used);
  };
}

/** AES-256-GCM under a key of 32 bytes; hashes with a second key derived from it. */
export function sealWith(given: Uint8Array | KeyObject): Seal {
  const key = given instanceof Uint8Array ? createSecretKey(given) : given;
  const sealing = derived(key, 'seal');
  const hashing = derived(key, 'hash');
  const nextIv = randomIvs();
  function closeJson(json: string, label: string): Uint8Array {
    const iv = nextIv();
    const cipher = createCipheriv('aes-256-gcm', sealing, iv).setAAD(Buffer.from(label));
    const body = Buffer.concat([cipher.update(json, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), body]);
  }
  return {
    key,
    close: (value, label) => closeJson(JSON.stringify(value), label),
    closeJson,
    open(bytes, label) {
      const [version] = bytes;
      if (version !== VERSION) throw new Error(`Sealed in version ${version}; this server knows ${VERSION}.`);
      const body = 1 + IV_BYTES + TAG_BYTES;
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(1, 1 + IV_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(label)).setAuthTag(bytes.subarray(1 + IV_BYTES, body));
      return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(body)), decipher.final()]).toString('utf8'));
    },
    hash: (text) => createHmac('sha256', hashing).update(text).digest(),
  };
}
