/** Writes a checked patch into a channel. Absent members stay; null clears what may be empty. */
import { readBaseUrl } from './check/base-url.ts';
import type { Channel } from './channel.entity.ts';
import type { ChannelPatch } from './channel.inputs.ts';
import { readMapping } from './check/model-mapping.ts';

const textOrNull = (text: string | null): string | null => text?.trim() || null;
const names = (list: readonly string[]): string[] => list.map((name) => name.trim());

/** The stored form of an address in a patch; undefined when the patch does not touch it. */
export const addressOf = (patch: ChannelPatch): string | null | undefined =>
  (patch.baseUrl === undefined ? undefined : patch.baseUrl?.trim() ? readBaseUrl(patch.baseUrl)! : null);

export function applyPatch(channel: Channel, patch: ChannelPatch, now: Date): void {
  const { status } = patch;
  if (patch.name != null) channel.name = patch.name.trim();
  if (patch.type != null) channel.type = patch.type;
  if (patch.baseUrl !== undefined) channel.baseUrl = addressOf(patch) ?? null;
  if (patch.models != null) channel.models = names(patch.models);
  if (patch.groups != null) channel.groups = names(patch.groups);
  if (patch.modelMapping !== undefined) channel.modelMapping = readMapping(patch.modelMapping ?? '') as Record<string, string>;
  if (patch.priority !== undefined) channel.priority = patch.priority ?? 0;
  if (patch.weight !== undefined) channel.weight = patch.weight ?? 0;
  if (patch.tag !== undefined) channel.tag = textOrNull(patch.tag);
  if (patch.testModel !== undefined) channel.testModel = textOrNull(patch.testModel);
  if (patch.remark !== undefined) channel.remark = textOrNull(patch.remark);
  if (patch.autoBan != null) channel.autoBan = patch.autoBan;
  if (patch.credentialMode != null) channel.credentialMode = patch.credentialMode;
  if (patch.extras) channel.extras = Object.assign({}, channel.extras, patch.extras);
  if (status != null && status !== channel.status) Object.assign(channel, { status, statusReason: null, statusChangedAt: now });
}
