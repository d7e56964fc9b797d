/** A security key in software: makes a key pair, answers `create` and `get` as a browser hands them on. */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

const text = (value: Buffer): string => value.toString('base64url');
const sha256 = (value: string | Buffer): Buffer => createHash('sha256').update(value).digest();

/** As much of CBOR as a key and an attestation need: small integers, byte and text strings, maps. */
function cbor(value: number | string | Buffer | Map<number | string, unknown>): Buffer {
  const head = (major: number, size: number) => (size < 24 ? Buffer.from([(major << 5) | size]) : size < 256 ? Buffer.from([(major << 5) | 24, size]) : Buffer.from([(major << 5) | 25, size >> 8, size & 255]));
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, member]) => [cbor(key), cbor(member as number)])]);
}

export interface Asked { challenge: string; rpId?: string; rp?: { id?: string }; user?: { id: string } }

export interface Behaviour {
  origin?: string;
  /** Whether the person showed a PIN, finger or face. */
  verifiesUser?: boolean;
  /** Signature count that it claims. */
  counter?: number;
  userHandle?: string;
}

export class Authenticator {
  readonly id = text(randomBytes(32));
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private counter = 0;
  private userHandle: string | undefined;

  create(options: Asked, behaviour: Behaviour = {}) {
    this.userHandle = options.user?.id;
    const credential = Buffer.from(this.id, 'base64url'), size = Buffer.from([credential.length >> 8, credential.length & 255]);
    const data = Buffer.concat([this.data(options.rp!.id!, behaviour, 0x40), Buffer.alloc(16), size, credential, publicKeyOf(this.keys.publicKey)]);
    const attestation = cbor(new Map<string, unknown>([['fmt', 'none'], ['attStmt', new Map()], ['authData', data]]));
    return this.credential({ clientDataJSON: text(clientData('webauthn.create', options, behaviour)), attestationObject: text(attestation), transports: ['internal'] });
  }

  get(options: Asked, behaviour: Behaviour = {}) {
    const client = clientData('webauthn.get', options, behaviour), data = this.data(options.rpId!, behaviour, 0);
    const signature = sign('sha256', Buffer.concat([data, sha256(client)]), this.keys.privateKey);
    return this.credential({ clientDataJSON: text(client), authenticatorData: text(data), signature: text(signature), userHandle: behaviour.userHandle ?? this.userHandle });
  }

  private credential<Response extends object>(response: Response) {
    return { id: this.id, rawId: this.id, type: 'public-key', response, clientExtensionResults: {} };
  }

  private data(rpId: string, { verifiesUser = true, counter }: Behaviour, flags: number): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter ?? ++this.counter);
    return Buffer.concat([sha256(rpId), Buffer.from([flags | 0x01 | (verifiesUser ? 0x04 : 0)]), count]);
  }
}

const clientData = (type: string, { challenge }: Asked, { origin = 'http://localhost:3000' }: Behaviour): Buffer => Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));

/** COSE: EC2, ES256, P-256. */
function publicKeyOf(key: KeyObject): Buffer {
  const { x, y } = key.export({ format: 'jwk' }) as { x: string; y: string };
  return cbor(new Map<number, unknown>([[1, 2], [3, -7], [-1, 1], [-2, Buffer.from(x, 'base64url')], [-3, Buffer.from(y, 'base64url')]]));
}
