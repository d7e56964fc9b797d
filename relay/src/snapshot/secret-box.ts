/**
 * Opens what control-plane/src/kernel/secret-box.ts seals (SEC-01): change both or neither. AES-256-GCM under a data key that the
 * master key wraps; the additional data names the place of the secret, so an envelope that was moved to another row does not open.
 * Text form: `w1.<master key version>.<wrapped data key>.<secret>`, each part base64url of nonce(12) ‖ ciphertext ‖ tag(16).
 */
import { createDecipheriv } from 'node:crypto';
import { deriveKey } from '../link/derived-key.ts';

export interface SecretPlace { table: string; row: string | number; column: string }

const nonceBytes = 12, tagBytes = 16;

function open(key: Buffer, text: string, bound: Buffer): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes }).setAAD(bound);
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
}

export class SecretBox {
  private readonly wrappingKey: Buffer;

  constructor(masterKey: Buffer) {
    this.wrappingKey = deriveKey(masterKey, 'envelope');
  }

  /** Undefined when the envelope was moved, changed, or sealed under another master key. */
  open(envelope: string, at: SecretPlace): string | undefined {
    const [form, , wrapped, secret, ...rest] = envelope.split('.');
    if (form !== 'w1' || !wrapped || !secret || rest.length > 0) return undefined;
    const bound = Buffer.from(`weir/1/${at.table}/${at.row}/${at.column}`);
    try {
      return open(open(this.wrappingKey, wrapped, bound), secret, bound).toString('utf8');
    } catch {
      return undefined;                                  // OpenSSL says no more than that it does not fit
    }
  }
}
