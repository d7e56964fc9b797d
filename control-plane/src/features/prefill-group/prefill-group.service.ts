import { LockMode } from '@mikro-orm/core';
import type { RequestContext } from '../../kernel/context.ts';
import { notFound, staleVersion } from '../../kernel/words/refusal.ts';
import { insertUnlessTaken, isTaken, unlessTaken } from '../../kernel/taken.ts';
import { readId, typedId } from '../../kernel/typed-id.ts';
import { DeletePayload } from '../../kernel/words/user-error.ts';
import { checkPrefillGroup } from './check-prefill-group.ts';
import { PrefillGroup, type PrefillType } from './prefill-group.entity.ts';
import { PrefillGroupPayload, type PrefillGroupPatch } from './prefill-group.types.ts';

const mostGroups = 1_000;

function apply(group: PrefillGroup, { name, type, items, description }: PrefillGroupPatch, now: Date): void {
  if (name != null) group.name = name.trim();
  if (type != null) group.type = type;
  if (items != null) group.items = items;
  if (description !== undefined) group.description = description ?? '';
  group.updatedAt = now;
}

export class PrefillGroupService {
  /** Newest change first. */
  list({ em }: RequestContext, type: PrefillType | null): Promise<PrefillGroup[]> {
    return em.find(PrefillGroup, type ? { type } : {}, { orderBy: { updatedAt: 'desc', id: 'desc' }, limit: mostGroups });
  }

  async create(ctx: RequestContext, input: PrefillGroupPatch): Promise<PrefillGroupPayload> {
    const faults = checkPrefillGroup(ctx, Object.assign({}, input, { name: input.name ?? null }), input.type ?? null);
    if (faults.any) return new PrefillGroupPayload(null, faults.list);
    const now = ctx.clock.now(), group = ctx.em.create(PrefillGroup, { name: '', type: input.type!, createdAt: now, updatedAt: now });
    apply(group, input, now);
    return await insertUnlessTaken(ctx.em, group) ? new PrefillGroupPayload(group) : new PrefillGroupPayload(null, [isTaken(ctx, ['input', 'name'])]);
  }

  async update(ctx: RequestContext, id: string, patch: PrefillGroupPatch, expectedVersion?: bigint | null): Promise<PrefillGroupPayload> {
    const changed = await unlessTaken(ctx.em, async (em) => {
      const group = await em.findOne(PrefillGroup, { id: readId('prefillGroup', id) }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
      if (!group) return new PrefillGroupPayload(null, [notFound(ctx)]);
      const stale = staleVersion(ctx, group.version, expectedVersion, group);
      if (stale) return new PrefillGroupPayload(null, [stale]);
      const type = patch.type ?? group.type, faults = checkPrefillGroup(ctx, Object.assign({}, patch, { items: patch.items ?? group.items }), type);
      if (faults.any) return new PrefillGroupPayload(null, faults.list);
      apply(group, patch, ctx.clock.now());
      return new PrefillGroupPayload(group);
    });
    return changed ?? new PrefillGroupPayload(null, [isTaken(ctx, ['input', 'name'])]);
  }

  async delete(ctx: RequestContext, id: string): Promise<DeletePayload> {
    const row = readId('prefillGroup', id);
    return await ctx.em.nativeDelete(PrefillGroup, { id: row }) ? new DeletePayload(typedId('prefillGroup', row)) : new DeletePayload(null, [notFound(ctx)]);
  }
}
