import { isDialect, type Surface } from '../dialects/dialect.ts';
import { servedBy } from '../endpoints/served-by.ts';
import { Failure } from '../failure/failure.ts';
import { providerOf } from '../providers/provider-list.ts';
import type { Channel } from '../snapshot/snapshot.ts';

/**
 * Of these channels those whose provider offers this kind of call; never empty (semantics 4.1). Chat goes to any provider of chat,
 * converted where it must be. Failure: `convert_request_failed`, which names the kind of call and the providers; `api_not_implemented`
 * for what hardly anyone offers.
 */
export function ableChannels(channels: readonly Channel[], surface: Surface): readonly Channel[] | Failure {
  if (channels.every((channel) => offers(channel, surface))) return channels;
  const able = channels.filter((channel) => offers(channel, surface));
  return able.length > 0 ? able : refusal(channels, surface);
}

/** A channel of a type that nobody claims is let through: its attempt says so in the log. */
function offers(channel: Channel, surface: Surface): boolean {
  const provider = providerOf(channel.type);
  if (!provider) return true;
  return isDialect(surface) ? provider.speaks.length > 0 : servedBy(provider, surface) !== undefined;
}

function refusal(channels: readonly Channel[], { name }: Surface): Failure {
  if (name === 'image-variations') return new Failure('api_not_implemented');
  const providers = new Set(channels.map(({ type }) => providerOf(type)?.label ?? `type ${type}`));
  return new Failure('convert_request_failed', { say: `The provider of this model (${[...providers].join(', ')}) does not offer ${name}.`, param: 'model' });
}
