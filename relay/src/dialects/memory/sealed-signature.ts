/**
 * Signatures of reasoning are state of the provider that made them: they return to it byte for byte, or not at all. Where one
 * leaves towards a client of another dialect it is wrapped with its maker's name (dialects 4.7).
 */
import { isObject, parseJson } from '../json-member.ts';

export type SignatureKind = 'text' | 'redacted' | 'call' | 'said' | 'trail';

export interface Signature {
  /** The provider family that made it. */
  family: string;
  model: string;
  /** What it signs: thoughts, hidden thoughts, the call behind it, the text before it, or (`trail`) everything before it. */
  kind: SignatureKind;
  value: string;
  /** Where a maker binds it to an item of its answer (openai): the id of that item. */
  item?: string;
}

const mark = 'relay1:';
/** How every sealed value begins. */
export const marked = Buffer.from(mark).toString('base64').slice(0, 8);

/** Base64, which fits every carrier. Sealing twice is sealing once. */
export function seal(signature: Signature): string {
  if (unseal(signature.value)) return signature.value;
  const { family, model, kind, value, item } = signature;
  return Buffer.from(mark + JSON.stringify({ p: family, m: model, k: kind, v: value, i: item })).toString('base64');
}

const kinds: readonly SignatureKind[] = ['redacted', 'call', 'said', 'trail'];

/** Undefined: it was never sealed, and is native to whoever sent it. */
export function unseal(carried: string): Signature | undefined {
  if (!carried.startsWith(marked)) return undefined;
  const opened = Buffer.from(carried, 'base64').toString('utf8');
  const body = opened.startsWith(mark) ? parseJson(opened.slice(mark.length)) : undefined;
  if (!isObject(body)) return undefined;
  const { p, m, k, v, i } = body;
  if (typeof p !== 'string' || typeof m !== 'string' || typeof v !== 'string') return undefined;
  return { family: p, model: m, kind: kinds.find((kind) => kind === k) ?? 'text', value: v, ...(typeof i === 'string' ? { item: i } : {}) };
}
