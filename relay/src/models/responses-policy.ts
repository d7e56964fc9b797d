/** Which requests of openai-chat go upstream as openai-responses (semantics 4.1). */
import type { RelayResponsesPolicy } from '../gql/types.gen.ts';

/** @param channel its number and its type */
export type ResponsesPolicy = (model: string, channel: { readonly id: number; readonly type: number }) => boolean;

/** An expression that cannot be read fits nothing: the control plane lets none pass. */
export function responsesPolicy({ allChannels, channels, types, models }: RelayResponsesPolicy): ResponsesPolicy {
  const patterns = models.flatMap((source) => { try { return [new RegExp(source)]; } catch { return []; /* the control plane lets none pass that cannot be read */ } });
  const ids = new Set(channels), kinds = new Set(types);
  return (model, { id, type }) => (allChannels || ids.has(id) || kinds.has(type)) && patterns.some((pattern) => pattern.test(model));
}
