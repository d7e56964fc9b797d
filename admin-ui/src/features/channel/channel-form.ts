/** The editor's own form of a channel, and the way to and from the server's. */
import type { ChannelCreateInput, ChannelPatch } from '../../gql/graphql.ts';
import type { ChannelRow, ChannelTypeRow } from './channel-row.ts';

export interface ChannelForm {
  name: string;
  type: string;
  /** One a line; empty keeps what is stored. */
  credentials: string;
  baseUrl: string;
  models: string[];
  groups: string[];
  priority: number | string;
  weight: number | string;
  modelMapping: string;
  testModel: string;
  remark: string;
}

export const fieldNames = ['name', 'type', 'credentials', 'baseUrl', 'models', 'groups', 'priority', 'weight', 'modelMapping', 'testModel', 'remark'] as const;

export const emptyForm = (type: ChannelTypeRow | undefined): ChannelForm => ({
  name: '', type: type ? String(type.id) : '', credentials: '', baseUrl: '', models: [], groups: ['default'],
  priority: 0, weight: 1, modelMapping: '', testModel: '', remark: '',
});

export const formOf = (channel: ChannelRow): ChannelForm => ({
  name: channel.name, type: String(channel.type), credentials: '', baseUrl: channel.baseUrl ?? '', models: [...channel.models], groups: [...channel.groups],
  priority: channel.priority, weight: channel.weight, testModel: channel.testModel ?? '', remark: channel.remark ?? '',
  modelMapping: channel.modelMapping.length ? JSON.stringify(Object.fromEntries(channel.modelMapping.map(({ from, to }) => [from, to])), null, 2) : '',
});

export const inputOf = (form: ChannelForm): ChannelCreateInput => ({
  name: form.name, type: Number(form.type), credentials: [form.credentials], baseUrl: form.baseUrl || null, models: form.models, groups: form.groups,
  priority: Number(form.priority), weight: Number(form.weight), modelMapping: form.modelMapping || null, testModel: form.testModel || null, remark: form.remark || null,
});

/** Only what was changed: a field that somebody else changed meanwhile must not be put back. */
export function changesOf(before: ChannelForm, after: ChannelForm): ChannelPatch {
  const whole = inputOf(after);
  const changed = fieldNames.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return Object.fromEntries(changed.map((name) => [name, whole[name]]));
}

/** Empty, or the text of one JSON object. */
export function isJsonObject(text: string): boolean {
  if (!text.trim()) return true;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
