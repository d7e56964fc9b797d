/** Metadata of models: changes by people. */
import { LockMode } from '@mikro-orm/core';
import type { RequestContext } from '../../kernel/context.ts';
import { notFound, staleVersion } from '../../kernel/words/refusal.ts';
import { insertUnlessTaken, isTaken, unlessTaken } from '../../kernel/taken.ts';
import { readId, typedId } from '../../kernel/typed-id.ts';
import { DeletePayload } from '../../kernel/words/user-error.ts';
import { checkModel } from './check-model.ts';
import { ModelMeta } from './model-meta.entity.ts';
import { ModelPayload, type ModelPatch } from './model.types.ts';

const trimmed = (tags: readonly string[]): string[] => [...new Set(tags.map((tag) => tag.trim()).filter(Boolean))];

function apply(row: ModelMeta, patch: ModelPatch, now: Date): void {
  const { name, nameRule, description, icon, tags, vendorId, endpoints, enabled, syncOfficial } = patch;
  if (name != null) row.name = name.trim();
  if (nameRule != null) row.nameRule = nameRule;
  if (description !== undefined) row.description = description ?? '';
  if (icon !== undefined) row.icon = icon ?? '';
  if (tags !== undefined) row.tags = trimmed(tags ?? []);
  if (vendorId !== undefined) row.vendorId = vendorId == null ? null : readId('vendor', vendorId);
  if (endpoints !== undefined) row.endpoints = endpoints?.trim() ?? '';
  if (enabled != null) row.enabled = enabled;
  if (syncOfficial != null) row.syncOfficial = syncOfficial;
  row.updatedAt = now;
}

const refused = (...errors: ModelPayload['userErrors']): ModelPayload => new ModelPayload(null, errors);

export class ModelService {
  async create(ctx: RequestContext, input: ModelPatch): Promise<ModelPayload> {
    const faults = await checkModel(ctx, Object.assign({}, input, { name: input.name ?? null }));
    if (faults.any) return refused(...faults.list);
    const now = ctx.clock.now(), row = ctx.em.create(ModelMeta, { name: '', createdAt: now, updatedAt: now });
    apply(row, input, now);
    return await insertUnlessTaken(ctx.em, row) ? new ModelPayload(row) : refused(isTaken(ctx, ['input', 'name']));
  }

  async update(ctx: RequestContext, id: string, patch: ModelPatch, expectedVersion: bigint | null): Promise<ModelPayload> {
    const faults = await checkModel(ctx, patch);
    if (faults.any) return refused(...faults.list);
    const changed = await unlessTaken(ctx.em, async (em) => {
      const row = await em.findOne(ModelMeta, { id: readId('model', id) }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
      if (!row) return refused(notFound(ctx));
      const stale = staleVersion(ctx, row.version, expectedVersion, row);
      if (stale) return refused(stale);
      apply(row, patch, ctx.clock.now());
      row.version += 1;
      return new ModelPayload(row);
    });
    return changed ?? refused(isTaken(ctx, ['input', 'name']));
  }

  async delete(ctx: RequestContext, id: string): Promise<DeletePayload> {
    const row = readId('model', id);
    return await ctx.em.nativeDelete(ModelMeta, { id: row }) ? new DeletePayload(typedId('model', row)) : new DeletePayload(null, [notFound(ctx)]);
  }
}
