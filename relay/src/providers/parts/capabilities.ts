import type { ChannelExtra } from '../provider.ts';

/** What a provider can do of what a converted request may ask (providers 6). Data: what follows from it is in `fit.ts`. */
export interface Capabilities {
  /** Streams tell their usage only when asked (`stream_options`); always, and may refuse to be asked; or never. */
  readonly streamUsage: 'asked' | 'always' | 'never';
  readonly tools: boolean;
  /** Which choices of a tool it takes beside `auto` and `none`. */
  readonly forcedTool: 'any' | 'required' | 'named' | 'none';
  /** Whether several calls at once can be switched off. */
  readonly oneCall: boolean;
  /** A schema for the answer as such; as words beside JSON of any form; or only as words. */
  readonly jsonSchema: 'native' | 'object' | 'words';
  /** Pictures by their address; only as bytes; or not at all. */
  readonly images: 'any' | 'bytes' | 'none';
  readonly documents: boolean;
  readonly audio: boolean;
  /** In the dialect of OpenAI, which has no word for them. */
  readonly videos: boolean;
  readonly cacheMarks: boolean;
  readonly severalAnswers: boolean;
  /** It streams or does not answer: what a client wants whole is put together here. */
  readonly streamOnly: boolean;
  /** Thoughts stand in the text, between tags. */
  readonly thinkTags: boolean;
  /** The same, and the first tag is missing. */
  readonly thinkOpen: boolean;
  /** Thoughts of a stream may be told whole each time. */
  readonly grownThoughts: boolean;
  /** Where words of the system may stand. */
  readonly system: 'anywhere' | 'first';
}

/** A server that does all that OpenAI does. */
export const ableToAll: Capabilities = {
  streamUsage: 'asked', tools: true, forcedTool: 'any', oneCall: true, jsonSchema: 'native', images: 'any', documents: true, audio: true, videos: false, cacheMarks: false,
  severalAnswers: true, streamOnly: false, thinkTags: false, thinkOpen: false, grownThoughts: false, system: 'anywhere',
};

/** Where models of one provider differ, by its name for the model, or where the channel decides. */
export type Abilities = Partial<Capabilities> | ((model: string, extra: ChannelExtra) => Partial<Capabilities>);

export const capabilitiesOf = (able: Abilities | undefined, model: string, extra: ChannelExtra): Capabilities =>
  (able ? { ...ableToAll, ...(typeof able === 'function' ? able(model, extra) : able) } : ableToAll);
