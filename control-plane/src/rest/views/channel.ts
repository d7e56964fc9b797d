/** Channels, as new-api clients know them. Keys are never shown. */
import { legacyInts } from '../../kernel/legacy-enum.ts';
import { endpointTypes } from './endpoint-types.ts';
import { quotaNumber, unixSeconds, type Node, type RestView } from '../view.ts';

const selection = `legacyId type status statusReason statusChangedAt name baseUrl models groups modelMapping { from to } priority weight tag testModel remark autoBan credentialMode multiKey
  responseTimeMs testedAt balance balanceAt usedQuota createdAt credentials { position status }
  extras { other organization setting settings statusCodeMapping paramOverride headerOverride }`;

const statusNumber = (status: string): number => legacyInts.ChannelStatus![status]!;

function keyInfo({ credentials, credentialMode, multiKey }: Node): Record<string, unknown> {
  const off = credentials.filter((one: Node) => one.status !== 'ENABLED').map((one: Node) => [one.position, statusNumber(one.status)]);
  return {
    is_multi_key: multiKey, multi_key_size: multiKey ? credentials.length : 0,
    multi_key_status_list: off.length ? Object.fromEntries(off) : null, multi_key_polling_index: 0, multi_key_mode: String(credentialMode).toLowerCase(),
  };
}

function row(channel: Node): Record<string, unknown> {
  const { extras, modelMapping, statusReason, statusChangedAt } = channel;
  const mapping = Object.fromEntries(modelMapping.map(({ from, to }: Node) => [from, to]));
  return {
    id: Number(channel.legacyId), type: channel.type, key: '', openai_organization: extras.organization ?? null, test_model: channel.testModel, status: statusNumber(channel.status),
    name: channel.name, weight: channel.weight, created_time: unixSeconds(channel.createdAt), test_time: unixSeconds(channel.testedAt), response_time: channel.responseTimeMs,
    base_url: channel.baseUrl ?? '', other: extras.other ?? '', balance: Number(channel.balance), balance_updated_time: unixSeconds(channel.balanceAt),
    models: channel.models.join(','), group: channel.groups.join(','), used_quota: quotaNumber(channel.usedQuota),
    model_mapping: modelMapping.length ? JSON.stringify(mapping) : '', status_code_mapping: extras.statusCodeMapping ?? '', priority: channel.priority, auto_ban: channel.autoBan ? 1 : 0,
    other_info: statusReason ? JSON.stringify({ status_reason: statusReason, status_time: unixSeconds(statusChangedAt) }) : '', tag: channel.tag,
    setting: extras.setting ?? '', param_override: extras.paramOverride ?? null, header_override: extras.headerOverride ?? null, remark: channel.remark,
    channel_info: keyInfo(channel), settings: extras.settings ?? '{}',
  };
}

export const legacyChannel: RestView = { name: 'LegacyChannel', on: 'Channel', selection, encode: row };

export const legacyChannelPage: RestView = {
  ...legacyChannel, name: 'LegacyChannelPage', beside: 'typeCounts { key count }',
  encodeBeside: ({ typeCounts }) => ({ type_counts: Object.fromEntries(typeCounts.map(({ key, count }: Node) => [key, count])) }),
};

export const legacyCreatedChannels: RestView = {
  name: 'LegacyCreatedChannels', on: 'ChannelCreatePayload', selection: 'channels { legacyId name }',
  encode: ({ channels }) => ({ id: Number(channels[0].legacyId), name: channels[0].name, ids: channels.map(({ legacyId }: Node) => Number(legacyId)) }),
};

/** Time in seconds beside the data, and in milliseconds in it; a failed test is no success. */
export const legacyChannelTest: RestView = {
  name: 'LegacyChannelTest', on: 'ChannelTestResult', selection: 'ok latencyMs message errorCode',
  encode: ({ ok, latencyMs }) => ({ response_time: latencyMs, status: ok ? 'success' : 'failed' }),
  encodeBeside: ({ result: { ok, latencyMs, message, errorCode } }) =>
    ({ time: latencyMs / 1000, ...(ok ? {} : { success: false, message: message ?? errorCode ?? '', error_code: errorCode }) }),
};

/** Names only, for every provider. */
export const legacyFetchedModels: RestView = { name: 'LegacyFetchedModels', on: 'ModelFetchPayload', selection: 'models', encode: ({ models }) => models };

/** Before a channel is saved, a provider that cannot be asked is a fault and no rule (management-api 8). */
export const legacyProbedModels: RestView = { ...legacyFetchedModels, name: 'LegacyProbedModels', refusalStatus: { UPSTREAM_FAILED: 500, UNSUPPORTED: 500 } };

export const legacyBalance: RestView = {
  name: 'LegacyBalance', on: 'ChannelBalancePayload', selection: 'balance', encode: ({ balance }) => ({ balance }), encodeBeside: ({ balance }) => ({ balance }),
};

export const legacyKnownModel: RestView = {
  name: 'LegacyKnownModel', on: 'KnownModel', selection: 'name ownedBy dialects',
  encode: ({ name, ownedBy, dialects }) => ({
    id: name, object: 'model', created: 1_626_777_600, owned_by: ownedBy, supported_endpoint_types: dialects.flatMap((dialect: string) => endpointTypes[dialect] ?? []),
  }),
};

export const legacyTypeModels: RestView = {
  name: 'LegacyTypeModels', on: 'TypeModels', selection: 'type models', encode: ({ models }) => models,
  encodeList: (nodes) => Object.fromEntries(nodes.map(({ type, models }) => [String(type), models])),
};
