/** What the operator says of the model that is asked for, on the way to one channel (semantics 4.1, 4.2, 11.11). */
import type { ModelSettings } from '../../models/model-settings.ts';
import type { SuffixedModel } from '../../providers/parts/model-suffixes.ts';
import { providerFor } from '../../providers/provider-list.ts';
import { rulesOf } from '../../routing/rules/channel-rules.ts';
import type { Channel } from '../../snapshot/snapshot.ts';
import type { Received } from '../entry/received.ts';
import type { Trial } from './trial.ts';
import type { Wanted } from './upstream-call.ts';

/** What the ending of a name says of its thinking. Undefined: nothing, or the operator says that it is a part of the name. */
export function suffixedModel({ asked, mapped }: { asked: string; mapped: string }, channel: Channel, models: ModelSettings): SuffixedModel | undefined {
  const { suffixes } = providerFor(channel) ?? {};
  if (!suffixes || models.verbatim.has(mapped) || models.verbatim.has(asked)) return undefined;
  return suffixes(mapped, models);
}

/** @param model the provider's name for it */
export function wantedOf({ dialect, facts }: Received, channel: Channel, model: string, { models, passBody }: Trial): Wanted {
  const { stream } = facts;
  if (!models.responses || dialect.name !== 'openai-chat' || passBody || rulesOf(channel)?.passBody) return { client: dialect, model, stream };
  return { client: dialect, model, stream, asResponses: models.responses(facts.model, channel) };
}
