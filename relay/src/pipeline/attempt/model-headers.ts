/** Headers that the operator adds to requests for single models (`claude.model_headers_settings`). */
import type { RelayModelHeader } from '../../gql/types.gen.ts';
import { HeaderDraft } from '../../routing/rules/header-draft.ts';
import type { RequestHeaders } from '../exchange.ts';

/** @param names of the model: as clients know it, as it is mapped, as the provider knows it */
export function claudeHeaders(byModel: ReadonlyMap<string, readonly RelayModelHeader[]>, names: readonly string[]): readonly RelayModelHeader[] {
  for (const name of names) {
    const found = byModel.get(name);
    if (found) return found;
  }
  return none;
}

const none: readonly RelayModelHeader[] = [];
const noClient: ReadonlyMap<string, string> = new Map();

/** Behind what such a header says already; no value stands twice. */
export function withHeaders(headers: readonly string[], added: readonly RelayModelHeader[]): readonly string[] {
  const draft = new HeaderDraft(headers, noClient);
  for (const { name, values } of added) draft.set(name, joined(draft.get(name) ?? '', values));
  return draft.list();
}

/** What the client sent, and what is added to it: for clouds that want headers in the body. */
export function passedOr(client: RequestHeaders, added: readonly RelayModelHeader[]): (name: string) => string {
  if (added.length === 0) return (name) => client.passed(name);
  return (name) => joined(client.passed(name), added.flatMap((header) => (header.name === name ? header.values : [])));
}

/** @param said a list with commas, may be empty */
function joined(said: string, values: readonly string[]): string {
  return [...new Set([...said.split(','), ...values].map((each) => each.trim()).filter(Boolean))].join(',');
}
