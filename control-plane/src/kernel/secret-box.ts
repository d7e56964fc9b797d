/**
 * Envelope encryption of stored secrets (SEC-01): AES-256-GCM under a fresh data key, which a versioned master key wraps.
 * The additional data names the place of the secret, so a ciphertext that is moved to another row does not open.
 * The relay opens the same envelopes (relay/src/snapshot/secret-box.ts): change both or neither.
 *
 * Text form: `w1.<master key version>.<wrapped data key>.<secret>`, each part base64url of nonce(12) ‖ ciphertext ‖ tag(16).
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

export interface SecretPlace { table: string; row: string | number; column: string }

const place = (at: SecretPlace) => Buffer.from(`weir/1/${at.table}/${at.row}/${at.column}`);

function seal(key: Buffer, plain: Buffer, bound: Buffer): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

function open(key: Buffer, text: string, bound: Buffer): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(bound);
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
}

/** Keys for different uses, derived from the one master key: none can stand in for another. */
export function deriveKey(masterKey: Buffer, purpose: 'envelope' | 'token-lookup' | 'relay-link' | 'cursor' | 'backup-code' | 'email-proof' | 'human-pass' | 'export-link' | 'secret-digest'): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, 'weir', purpose, 32));
}

export class SecretBox {
  private readonly wrappingKey: Buffer;
  private readonly digestKey: Buffer;

  constructor(masterKey: Buffer, private readonly version = 1) {
    this.wrappingKey = deriveKey(masterKey, 'envelope');
    this.digestKey = deriveKey(masterKey, 'secret-digest');
  }

  /** The same for the same secret, and of no use without our key: finds a whole secret again, and never a part of one. */
  digest(secret: string): string {
    return createHmac('sha256', this.digestKey).update(secret).digest('base64url');
  }

  seal(secret: string, at: SecretPlace): string {
    const dataKey = randomBytes(32), bound = place(at);
    return `w1.${this.version}.${seal(this.wrappingKey, dataKey, bound)}.${seal(dataKey, Buffer.from(secret), bound)}`;
  }

  /** Throws when the envelope was moved, changed, or sealed under another master key. */
  open(envelope: string, at: SecretPlace): string {
    const [form, , wrapped, secret] = envelope.split('.');
    if (form !== 'w1' || !wrapped || !secret) throw new Error('Not an envelope of this version');
    const bound = place(at);
    return open(open(this.wrappingKey, wrapped, bound), secret, bound).toString('utf8');
  }
}
