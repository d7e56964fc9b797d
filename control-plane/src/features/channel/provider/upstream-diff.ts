/** Where the models of a channel differ from what its provider listed. */
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import type { Channel } from '../channel.entity.ts';
import type { UpstreamModels } from './upstream-models.entity.ts';
import { watchOf } from './upstream-watch.ts';

@ObjectType({ description: 'Models of the provider against those of the channel, as they were when the provider was asked.' })
export class UpstreamDiff {
  @Field(() => GraphQLISODateTime)
  detectedAt!: Date;

  @Field(() => [String], { description: 'The provider has them, the channel not.' })
  added!: string[];

  @Field(() => [String], { description: 'The channel has them, the provider not. A mapped model counts as what it is mapped to.' })
  removed!: string[];

  @Field(() => [String], { description: 'Left out of both.' })
  ignored!: string[];
}

/** The end of a chain of mappings; those are checked to have one. */
export function mappedModel(mapping: Readonly<Record<string, string>>, model: string): string {
  let at = model;
  for (let steps = Object.keys(mapping).length; steps > 0 && mapping[at] !== undefined && mapping[at] !== at; steps--) at = mapping[at]!;
  return at;
}

export function diffOf(channel: Pick<Channel, 'models' | 'modelMapping' | 'extras'>, upstream: Pick<UpstreamModels, 'models' | 'ignored' | 'detectedAt'>): UpstreamDiff {
  const { models, modelMapping } = channel, theirs = new Set(upstream.models), ignored = new Set([...upstream.ignored, ...watchOf(channel).ignored]);
  const ours = new Set([...models, ...models.map((model) => mappedModel(modelMapping, model))]);
  return {
    detectedAt: upstream.detectedAt, ignored: [...ignored].sort(),
    added: upstream.models.filter((model) => !ours.has(model) && !ignored.has(model)),
    removed: models.filter((model) => !theirs.has(mappedModel(modelMapping, model)) && !ignored.has(model)),
  };
}
