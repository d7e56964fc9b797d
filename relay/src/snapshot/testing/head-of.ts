/** For tests: the head that a control plane would publish for these resources. */
import type { RelayHead } from '../../gql/types.gen.ts';
import { knownSchema } from '../head.ts';
import { hashText, resourceDigest } from '../set-hash.ts';

export function headOf(resources: Iterable<readonly [string, string]>, version: number): RelayHead {
  let sum = 0n;
  for (const [key, body] of resources) sum += resourceDigest(key, body);
  return { schema: knownSchema, version, hash: hashText(sum), publishedAt: version, mac: '' };
}
