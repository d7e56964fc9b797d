/** What the ledger makes of packed records, for tests that stand in its place. Its own reading is in the control plane. */
import { packedForms } from '../../gql/packed.gen.ts';
import type { SpoolRecord, UsageBatch } from '../../gql/types.gen.ts';

type Forms = Readonly<Record<string, readonly string[]>>;

function named(value: unknown, type: string, forms: Forms): unknown {
  const form = forms[type];
  if (!form || !Array.isArray(value)) return value;
  return Object.fromEntries(form.map((entry, index) => {
    const [name = '', part] = entry.split(':'), given: unknown = value[index];
    if (!part) return [name, given];
    return [name, part.startsWith('[') ? (given as unknown[]).map((one) => named(one, part.slice(1, -1), forms)) : named(given, part, forms)];
  }));
}

/** @param json as a RecordSource gives it */
export const namedRecord = (json: Buffer): SpoolRecord => named(JSON.parse(json.toString()), 'SpoolRecord', JSON.parse(packedForms) as Forms) as SpoolRecord;

/** @param json an entry of the stream */
export function namedBatch(json: string): UsageBatch {
  const batch = JSON.parse(json) as UsageBatch & { readonly forms: Forms };
  return { ...batch, records: batch.records.map((record) => named(record, 'SpoolRecord', batch.forms) as SpoolRecord) };
}
