/** For tests: seals as control-plane/src/kernel/secret-box.ts does, which the relay itself never needs to. */
import { createCipheriv, randomBytes } from 'node:crypto';
import { deriveKey } from '../../link/derived-key.ts';

function seal(key: Buffer, plain: Buffer, bound: Buffer): string {
  const nonce = randomBytes(12), cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

export function sealCredential(masterKey: Buffer, id: number, secret: string): string {
  const bound = Buffer.from(`weir/1/channel_credential/${id}/secret`), dataKey = randomBytes(32);
  return `w1.1.${seal(deriveKey(masterKey, 'envelope'), dataKey, bound)}.${seal(dataKey, Buffer.from(secret), bound)}`;
}
