/** Keys for different uses, derived from the one master key as control-plane/src/kernel/secret-box.ts derives them. */
import { hkdfSync } from 'node:crypto';

export function deriveKey(masterKey: Buffer, purpose: 'envelope' | 'token-lookup' | 'relay-link'): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, 'weir', purpose, 32));
}
