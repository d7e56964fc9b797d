/** What a row may take over from the catalogue, field by field. */
import type { ModelMeta } from '../model-meta.entity.ts';
import { NameRule } from '../name-rule.ts';
import type { CatalogueModel } from './catalogue.ts';

/** A row beside the name of its vendor. */
export interface LocalModel { row: ModelMeta; vendor: string }

interface SyncField {
  local: (model: LocalModel) => string;
  upstream: (model: CatalogueModel) => string;
  /** The vendor is set by who knows its row. */
  take?: (row: ModelMeta, from: CatalogueModel) => void;
}

/** As the compatible API counts them. */
const ruleNumbers: Record<NameRule, string> = { [NameRule.EXACT]: '0', [NameRule.PREFIX]: '1', [NameRule.CONTAINS]: '2', [NameRule.SUFFIX]: '3' };

const ruleNumber = (rule: NameRule): string => ruleNumbers[rule];

export const syncFields: Readonly<Record<string, SyncField>> = {
  description: { local: ({ row }) => row.description, upstream: ({ description }) => description, take: (row, { description }) => { row.description = description; } },
  icon: { local: ({ row }) => row.icon, upstream: ({ icon }) => icon, take: (row, { icon }) => { row.icon = icon; } },
  tags: { local: ({ row }) => row.tags.join(','), upstream: ({ tags }) => tags.join(','), take: (row, { tags }) => { row.tags = tags; } },
  vendor: { local: ({ vendor }) => vendor, upstream: ({ vendor }) => vendor },
  name_rule: { local: ({ row }) => ruleNumber(row.nameRule), upstream: ({ nameRule }) => ruleNumber(nameRule), take: (row, { nameRule }) => { row.nameRule = nameRule; } },
  status: { local: ({ row }) => (row.enabled ? '1' : '0'), upstream: ({ enabled }) => (enabled ? '1' : '0'), take: (row, { enabled }) => { row.enabled = enabled; } },
};

export const syncFieldNames = Object.keys(syncFields);
