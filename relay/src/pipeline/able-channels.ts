import { isDialect, type Surface } from '../dialects/dialect.ts';
import { servedBy } from '../endpoints/served-by.ts';
import { Failure } from '../failure/failure.ts';
import { providerFor } from '../providers/provider-list.ts';
import type { Stage } from '../routing/stages.ts';
import type { Channel } from '../snapshot/snapshot.ts';

/** Of each group the channels that can serve; groups without one are passed over. Failure: as the first group would be refused. */
export function ableStages(stages: readonly Stage[], surface: Surface): readonly Stage[] | Failure {
  if (stages.length === 0) return new Failure('model_not_found', { say: 'No available channel for this model on this platform (distributor)' });
  if (stages.length === 1) return ableStage(stages[0]!, surface, stages);
  const able = stages.map(({ group, channels }) => ({ group, channels: ableChannels(channels, surface) }));
  const serving = able.filter((stage): stage is Stage => !(stage.channels instanceof Failure));
  const refused = able[0]?.channels;
  return serving.length > 0 || !(refused instanceof Failure) ? serving : refused;
}

/** Nearly always the stages as they are. */
function ableStage({ group, channels }: Stage, surface: Surface, stages: readonly Stage[]): readonly Stage[] | Failure {
  const able = ableChannels(channels, surface);
  if (able === channels) return stages;
  return able instanceof Failure ? able : [{ group, channels: able }];
}

/**
 * Of these channels those whose provider offers this kind of call; never empty (semantics 4.1). Chat goes to any provider of chat,
 * converted where it must be. Failure: `convert_request_failed`, which names the kind of call and the providers; `api_not_implemented`
 * for what hardly anyone offers.
 */
function ableChannels(channels: readonly Channel[], surface: Surface): readonly Channel[] | Failure {
  if (channels.every((channel) => offers(channel, surface))) return channels;
  const able = channels.filter((channel) => offers(channel, surface));
  return able.length > 0 ? able : refusal(channels, surface);
}

/** A channel of a type that nobody claims is let through: its attempt says so in the log. */
function offers(channel: Channel, surface: Surface): boolean {
  const provider = providerFor(channel);
  if (!provider) return true;
  return isDialect(surface) ? provider.speaks.length > 0 : servedBy(provider, surface) !== undefined;
}

function refusal(channels: readonly Channel[], { name }: Surface): Failure {
  if (name === 'image-variations') return new Failure('api_not_implemented');
  const providers = new Set(channels.map((channel) => providerFor(channel)?.label ?? `type ${channel.type}`));
  return new Failure('convert_request_failed', { say: `The provider of this model (${[...providers].join(', ')}) does not offer ${name}.`, param: 'model' });
}
