/** The editor's own form of a model's description, and the way to and from the server's. */
import type { ModelPatch, ModelsQuery, NameRule } from '../../gql/graphql.ts';

export type ModelRow = ModelsQuery['models']['nodes'][number];

export interface ModelForm {
  name: string;
  nameRule: NameRule;
  description: string;
  icon: string;
  tags: string[];
  /** Null: none. */
  vendorId: string | null;
  endpoints: string;
  syncOfficial: boolean;
}

export const rules: readonly NameRule[] = ['EXACT', 'PREFIX', 'CONTAINS', 'SUFFIX'];
export const fieldNames = ['name', 'nameRule', 'description', 'icon', 'tags', 'vendorId', 'endpoints', 'syncOfficial'] as const;

export const formOf = (model: ModelRow | undefined, name = ''): ModelForm => ({
  name: model?.name ?? name, nameRule: model?.nameRule ?? 'EXACT', description: model?.description ?? '', icon: model?.icon ?? '', tags: [...(model?.tags ?? [])],
  vendorId: model?.vendor?.id ?? null, endpoints: model?.endpoints ?? '', syncOfficial: model?.syncOfficial ?? true,
});

/** Only what was changed. */
export function changesOf(before: ModelForm, after: ModelForm): ModelPatch {
  const changed = fieldNames.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return Object.fromEntries(changed.map((name) => [name, after[name]]));
}
