/** Where this dialect carries the signature of a call (dialects 4.7): as Google's own servers of this dialect do. */
import type { Json, JsonObject } from '../chat-event.ts';
import { member, text } from '../json-member.ts';
import { seal, unseal } from '../memory/sealed-signature.ts';

/** A signature of Google's under its own name is native; others are sealed. */
export function signatureMember(signature: string | undefined): JsonObject {
  if (signature === undefined) return {};
  const opened = unseal(signature);
  return { extra_content: { google: { thought_signature: opened?.family === 'google' ? opened.value : signature } } };
}

export function readSignature(call: Json): string | undefined {
  const value = text(member(member(member(call, 'extra_content'), 'google'), 'thought_signature'));
  if (!value) return undefined;
  return unseal(value) ? value : seal({ family: 'google', model: '', kind: 'call', value });
}
