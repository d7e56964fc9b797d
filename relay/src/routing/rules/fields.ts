/** Members of a request that a channel does not let pass (semantics 3.6). */
import { guardedOption } from '../../dialects/request/guarded-members.ts';
import { isObject } from '../../dialects/json-member.ts';
import type { JsonObject } from '../../framing/json.ts';
import { BodyDraft } from './body-draft.ts';

/** @param settings of the channel: `allow_service_tier` lets that one pass; `store` passes unless `disable_store` */
export function withheld(guarded: readonly string[], settings: JsonObject): string[] {
  return guarded.filter((name) => {
    if (name === 'store') return settings['disable_store'] === true;
    return settings[`allow_${name === guardedOption ? 'include_obfuscation' : name}`] !== true;
  });
}

/** The body without them; all other bytes stay. */
export function withoutFields(body: Buffer, names: readonly string[]): Buffer {
  const draft = BodyDraft.of(body);
  if (!draft) return body;
  for (const name of names) if (name === guardedOption) dropOption(draft); else draft.delete(name);
  return draft.bytes();
}

function dropOption(draft: BodyDraft): void {
  const options = draft.get('stream_options');
  if (!isObject(options) || !Object.hasOwn(options, 'include_obfuscation')) return;
  const { include_obfuscation: _, ...others } = options;
  if (Object.keys(others).length > 0) draft.set('stream_options', others); else draft.delete('stream_options');
}
