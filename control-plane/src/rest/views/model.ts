/** Metadata of models, vendors and prefill groups, as new-api clients know them. */
import { legacyInts } from '../../kernel/legacy-enum.ts';
import { unixSeconds, type Node, type RestView } from '../view.ts';

const times = ({ createdAt, updatedAt }: Node) => ({ created_time: unixSeconds(createdAt), updated_time: unixSeconds(updatedAt) });

/** Members that are computed are left out when there is nothing to say. */
const unlessEmpty = (name: string, list: readonly unknown[]) => (list.length ? { [name]: list } : {});

const quotaType = (mode: string): number => (mode === 'PER_CALL' ? 1 : 0);

function row(model: Node): Record<string, unknown> {
  const { legacyId, name, description, icon, tags, vendor, endpoints, enabled, syncOfficial, nameRule, matchedModels, groups, priceModes, channels } = model;
  return {
    id: Number(legacyId), model_name: name, description, icon, tags: tags.join(','), vendor_id: vendor ? Number(vendor.legacyId) : 0, endpoints, status: enabled ? 1 : 0,
    sync_official: syncOfficial ? 1 : 0, ...times(model), name_rule: legacyInts.NameRule![nameRule],
    ...unlessEmpty('bound_channels', channels.map(({ name: channel, type }: Node) => ({ name: channel, type }))), ...unlessEmpty('enable_groups', groups),
    ...unlessEmpty('quota_types', [...new Set(priceModes.map(quotaType))]), ...unlessEmpty('matched_models', matchedModels), ...(matchedModels.length ? { matched_count: matchedModels.length } : {}),
  };
}

export const legacyModel: RestView = {
  name: 'LegacyModel', on: 'ModelMeta',
  selection: 'legacyId name description icon tags vendor { legacyId } endpoints enabled syncOfficial createdAt updatedAt nameRule matchedModels groups priceModes channels { name type }', encode: row,
};

export const legacyModelPage: RestView = {
  ...legacyModel, name: 'LegacyModelPage', beside: 'vendorCounts { key count }',
  encodeBeside: ({ vendorCounts }) => ({ vendor_counts: Object.fromEntries(vendorCounts.map(({ key, count }: Node) => [key, count])) }),
};

const source = 'source { locale modelsUrl vendorsUrl }';
const sourceOf = ({ source: { locale, modelsUrl, vendorsUrl } }: Node) => ({ locale, models_url: modelsUrl, vendors_url: vendorsUrl });

/** Fields that are numbers there. */
const value = (field: string, text: string): unknown => (['name_rule', 'status'].includes(field) ? Number(text) : text);

export const legacyModelSyncPreview: RestView = {
  name: 'LegacyModelSyncPreview', on: 'ModelSyncPreview', selection: `missing conflicts { model fields { field local upstream } } ${source}`,
  encode: (preview) => ({
    missing: preview.missing, source: sourceOf(preview),
    conflicts: preview.conflicts.map(({ model, fields }: Node) =>
      ({ model_name: model, fields: fields.map(({ field, local, upstream }: Node) => ({ field, local: value(field, local), upstream: value(field, upstream) })) })),
  }),
};

export const legacyModelSync: RestView = {
  name: 'LegacyModelSync', on: 'ModelSyncPayload', selection: `created updated skipped createdVendors ${source}`,
  encode: (payload) => ({
    created_models: payload.created.length, created_vendors: payload.createdVendors, updated_models: payload.updated.length, skipped_models: payload.skipped,
    created_list: payload.created, updated_list: payload.updated, source: sourceOf(payload),
  }),
};

export const legacyVendor: RestView = {
  name: 'LegacyVendor', on: 'Vendor', selection: 'legacyId name description icon enabled createdAt updatedAt',
  encode: (vendor) => ({ id: Number(vendor.legacyId), name: vendor.name, description: vendor.description, icon: vendor.icon, status: vendor.enabled ? 1 : 0, ...times(vendor) }),
};

export const legacyPrefillGroup: RestView = {
  name: 'LegacyPrefillGroup', on: 'PrefillGroup', selection: 'legacyId name type items description createdAt updatedAt',
  encode: (group) => ({ id: Number(group.legacyId), name: group.name, type: String(group.type).toLowerCase(), items: JSON.parse(group.items) as unknown, description: group.description, ...times(group) }),
};

/** These deletions say `data: null` and do not leave it out. */
export const legacyDeleted: RestView = { name: 'LegacyDeleted', on: 'DeletePayload', selection: 'deletedId', encode: () => null };
