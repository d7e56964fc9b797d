/** What the operator says of single families of models (semantics 11.11), made ready once for each version of the picture. */
import type { RelayModelHeader, RelayModels } from '../gql/types.gen.ts';
import { ByName } from './by-name.ts';
import { type ResponsesPolicy, responsesPolicy } from './responses-policy.ts';
import { ToolPrices } from './tool-prices.ts';

export interface ModelSettings {
  /** Names that end like a switch of thinking and mean themselves. */
  readonly verbatim: ReadonlySet<string>;
  /** Undefined: no request of openai-chat goes upstream as openai-responses that would not anyway. */
  readonly responses: ResponsesPolicy | undefined;
  readonly claude: {
    /** Output limits of requests that name none. */
    readonly limits: ByName<number>;
    /** By model; undefined: no model has any. */
    readonly headers: ReadonlyMap<string, readonly RelayModelHeader[]> | undefined;
    /** Whether -thinking at the end of a name asks for thinking. */
    readonly thinking: boolean;
    /** Of the output limit. */
    readonly thinkingShare: number;
  };
  readonly gemini: {
    /** Thresholds by category; undefined: none is sent. */
    readonly safety: ByName<string>;
    readonly versions: ByName<string>;
    readonly pictures: ReadonlySet<string>;
    readonly thinking: boolean;
    readonly thinkingShare: number;
    readonly callSignatures: boolean;
    readonly withoutCallIds: boolean;
  };
  /** Millionths of a US dollar. */
  readonly violationFee: number;
  /** Beginnings of names of models that need not work in the background. */
  readonly atOnce: readonly string[];
  /** The same, for keys of what was worked out by it. */
  readonly atOnceKey: string;
  readonly toolPrices: ToolPrices;
}

const MILLION = 1_000_000;

/** What a new instance has. */
export const usualModels: RelayModels = Object.freeze({
  verbatim: [], responses: null,
  claude: { limits: [{ name: 'default', count: 8_192 }], headers: [], thinking: true, thinkingShare: 800_000 },
  gemini: {
    safety: [{ name: 'default', text: 'OFF' }], versions: [{ name: 'default', text: 'v1beta' }, { name: 'gemini-1.0-pro', text: 'v1' }],
    pictures: ['gemini-2.0-flash-exp-image-generation', 'gemini-2.0-flash-exp', 'gemini-3-pro-image-preview', 'gemini-2.5-flash-image'],
    thinking: false, thinkingShare: 600_000, callSignatures: true, withoutCallIds: true,
  },
  violationFee: 50_000, atOnce: ['z-image', 'qwen-image', 'wan2.6'], toolPrices: [],
});

/** Pictures are replaced, never changed: what was made of one is valid as long as it lives. */
const known = new WeakMap<RelayModels, ModelSettings>();

export function modelSettings(of: RelayModels): ModelSettings {
  let made = known.get(of);
  if (!made) known.set(of, made = read(of));
  return made;
}

function read({ verbatim, responses, claude, gemini, violationFee, atOnce, toolPrices }: RelayModels): ModelSettings {
  return Object.freeze({
    verbatim: new Set(verbatim), responses: responses ? responsesPolicy(responses) : undefined,
    claude: { ...claude, limits: new ByName(claude.limits.map(({ name, count }) => [name, count]), 8_192), headers: byModel(claude.headers), thinkingShare: claude.thinkingShare / MILLION },
    gemini: {
      ...gemini, thinkingShare: gemini.thinkingShare / MILLION, pictures: new Set(gemini.pictures),
      safety: new ByName(gemini.safety.map(({ name, text }) => [name, text]), 'OFF'), versions: new ByName(gemini.versions.map(({ name, text }) => [name, text]), 'v1beta'),
    },
    violationFee, atOnce, atOnceKey: atOnce.join(), toolPrices: new ToolPrices(toolPrices),
  });
}

function byModel(headers: readonly RelayModelHeader[]): ModelSettings['claude']['headers'] {
  const found = new Map<string, RelayModelHeader[]>();
  for (const header of headers) found.set(header.model, [...(found.get(header.model) ?? []), header]);
  return found.size > 0 ? found : undefined;
}

export const usualModelSettings: ModelSettings = modelSettings(usualModels);
