import type { RelayChannelExtra } from '../gql/types.gen.ts';
import type { JsonObject } from '../framing/json.ts';
import type { ChannelExtra } from '../providers/provider.ts';

/** Switches that are no JSON object switch nothing: the control plane takes the text as people typed it. */
export const readExtra = ({ other, organization, settings }: RelayChannelExtra): ChannelExtra => ({ other, organization, settings: readSettings(settings) });

export const noExtra: ChannelExtra = Object.freeze({ other: '', organization: '', settings: {} });

function readSettings(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text || '{}');
    return isObject(value) ? value : {};
  } catch {
    return {};                                           // see readExtra
  }
}

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
