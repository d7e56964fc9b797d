/** What relays do with single families of models, and what tools cost (semantics 1.6, 4.2, 11.11): a part of `settings:site`. */
import { Field, Int, ObjectType } from 'type-graphql';
import { Millionths } from '../../../kernel/scalars.ts';

@ObjectType({ description: 'A text for a model or a category; the name `default` stands for the others.' })
export class RelayNamedText {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  text!: string;
}

@ObjectType({ description: 'A count for a model; the name `default` stands for the others.' })
export class RelayNamedCount {
  @Field(() => String)
  name!: string;

  @Field(() => Int)
  count!: number;
}

@ObjectType({ description: 'Values that are added to one header of the requests for a model.' })
export class RelayModelHeader {
  @Field(() => String)
  model!: string;

  @Field(() => String)
  name!: string;

  @Field(() => [String])
  values!: string[];
}

@ObjectType({ description: 'What a tool costs that the provider runs.' })
export class RelayToolPrice {
  @Field(() => String, { description: 'The tool; or `tool:model`, with `*` at its end for all models that begin so. The longest that fits counts.' })
  name!: string;

  @Field(() => Millionths, { description: 'US dollars for a thousand calls.' })
  price!: number;
}

@ObjectType({ description: 'Which requests of openai-chat go upstream as openai-responses.' })
export class RelayResponsesPolicy {
  @Field(() => Boolean, { description: 'Every channel that can; else those that are named, and those of the types.' })
  allChannels!: boolean;

  @Field(() => [Int])
  channels!: number[];

  @Field(() => [Int])
  types!: number[];

  @Field(() => [String], { description: 'Regular expressions of which one must fit the name of the model.' })
  models!: string[];
}

@ObjectType({ description: 'Settings of Claude models.' })
export class RelayClaude {
  @Field(() => [RelayNamedCount], { description: 'Output limits of requests that name none.' })
  limits!: RelayNamedCount[];

  @Field(() => [RelayModelHeader])
  headers!: RelayModelHeader[];

  @Field(() => Boolean, { description: 'Whether -thinking at the end of a name asks for thinking.' })
  thinking!: boolean;

  @Field(() => Millionths, { description: 'Share of the output limit for thoughts.' })
  thinkingShare!: number;
}

@ObjectType({ description: 'Settings of Gemini models.' })
export class RelayGemini {
  @Field(() => [RelayNamedText], { description: 'Thresholds by category.' })
  safety!: RelayNamedText[];

  @Field(() => [RelayNamedText], { description: 'Versions of the API by model.' })
  versions!: RelayNamedText[];

  @Field(() => [String], { description: 'Models that answer with pictures where nobody says what they should answer with.' })
  pictures!: string[];

  @Field(() => Boolean, { description: 'Whether endings of names set the thinking.' })
  thinking!: boolean;

  @Field(() => Millionths, { description: 'Share of the output limit for thoughts.' })
  thinkingShare!: number;

  @Field(() => Boolean, { description: 'Whether a call whose signature was lost gets the value that stands for it.' })
  callSignatures!: boolean;

  @Field(() => Boolean, { description: 'Whether Vertex gets no ids of calls.' })
  withoutCallIds!: boolean;
}

@ObjectType({ description: 'What relays do with single families of models.' })
export class RelayModels {
  @Field(() => [String], { description: 'Models whose names end like a switch of thinking, and mean themselves.' })
  verbatim!: string[];

  @Field(() => RelayResponsesPolicy, { nullable: true, description: 'Null: none.' })
  responses?: RelayResponsesPolicy | null;

  @Field(() => RelayClaude)
  claude!: RelayClaude;

  @Field(() => RelayGemini)
  gemini!: RelayGemini;

  @Field(() => Millionths, { description: 'US dollars for a refusal of Grok that its provider charges for; 0: nothing.' })
  violationFee!: number;

  @Field(() => [String], { description: 'Beginnings of the names of picture models of Alibaba that answer at once.' })
  atOnce!: string[];

  @Field(() => [RelayToolPrice], { description: 'Beside the usual ones.' })
  toolPrices!: RelayToolPrice[];
}
