/** Vendors: lists and changes. */
import { LockMode } from '@mikro-orm/core';
import type { FilterQuery } from '@mikro-orm/postgresql';
import type { RequestContext } from '../../kernel/context.ts';
import type { Cursors } from '../../kernel/list/cursors.ts';
import { likeText, listPage } from '../../kernel/list/list-page.ts';
import { SortDirection, type Connection, type PageArgs } from '../../kernel/list/page.ts';
import { notFound, Refusals, staleVersion } from '../../kernel/words/refusal.ts';
import { insertUnlessTaken, isTaken, unlessTaken } from '../../kernel/taken.ts';
import { readId, typedId } from '../../kernel/typed-id.ts';
import { DeletePayload, UserErrorCode } from '../../kernel/words/user-error.ts';
import { Vendor } from './vendor.entity.ts';
import { VendorPayload, type VendorPatch } from './vendor.types.ts';

const longestName = 128, longestIcon = 2_048, longestDescription = 10_000;

function check(ctx: RequestContext, { name, description, icon }: VendorPatch): Refusals {
  const faults = new Refusals(ctx);
  if (name !== undefined) faults.unless(Boolean(name?.trim()), 'name_required', ['input', 'name'], UserErrorCode.REQUIRED);
  faults.unless((name?.trim().length ?? 0) <= longestName, 'name_too_long', ['input', 'name'], UserErrorCode.TOO_LONG, { max: String(longestName) });
  faults.unless((icon?.length ?? 0) <= longestIcon, 'text_too_long', ['input', 'icon'], UserErrorCode.TOO_LONG, { max: String(longestIcon) });
  faults.unless((description?.length ?? 0) <= longestDescription, 'text_too_long', ['input', 'description'], UserErrorCode.TOO_LONG, { max: String(longestDescription) });
  return faults;
}

function apply(vendor: Vendor, { name, description, icon, enabled }: VendorPatch, now: Date): void {
  if (name != null) vendor.name = name.trim();
  if (description !== undefined) vendor.description = description ?? '';
  if (icon !== undefined) vendor.icon = icon ?? '';
  if (enabled != null) vendor.enabled = enabled;
  vendor.updatedAt = now;
}

export class VendorService {
  constructor(private readonly cursors: Cursors) {}

  page(ctx: RequestContext, search: string | null, args: PageArgs): Promise<Connection<Vendor>> {
    const text = search?.trim();
    const where: FilterQuery<Vendor> = text ? { $or: [{ name: { $ilike: likeText(text) } }, { description: { $ilike: likeText(text) } }] } : {};
    return listPage(ctx.em, this.cursors, { entity: Vendor, where, order: { property: 'id', direction: SortDirection.DESC }, asked: text ?? null }, args);
  }

  one(ctx: RequestContext, id: string): Promise<Vendor | null> {
    return ctx.em.findOne(Vendor, { id: readId('vendor', id) });
  }

  async create(ctx: RequestContext, input: VendorPatch): Promise<VendorPayload> {
    const faults = check(ctx, Object.assign({}, input, { name: input.name ?? null }));
    if (faults.any) return new VendorPayload(null, faults.list);
    const now = ctx.clock.now(), vendor = ctx.em.create(Vendor, { name: '', createdAt: now, updatedAt: now });
    apply(vendor, input, now);
    return (await insertUnlessTaken(ctx.em, vendor)) ? new VendorPayload(vendor) : new VendorPayload(null, [isTaken(ctx, ['input', 'name'])]);
  }

  async update(ctx: RequestContext, id: string, patch: VendorPatch, expectedVersion: bigint | null): Promise<VendorPayload> {
    const faults = check(ctx, patch);
    if (faults.any) return new VendorPayload(null, faults.list);
    const changed = await unlessTaken(ctx.em, async (em) => {
      const vendor = await em.findOne(Vendor, { id: readId('vendor', id) }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
      if (!vendor) return new VendorPayload(null, [notFound(ctx)]);
      const stale = staleVersion(ctx, vendor.version, expectedVersion, vendor);
      if (stale) return new VendorPayload(null, [stale]);
      apply(vendor, patch, ctx.clock.now());
      vendor.version += 1;
      return new VendorPayload(vendor);
    });
    return changed ?? new VendorPayload(null, [isTaken(ctx, ['input', 'name'])]);
  }

  /** Its models stay, without a vendor. */
  async delete(ctx: RequestContext, id: string): Promise<DeletePayload> {
    const row = readId('vendor', id);
    return await ctx.em.nativeDelete(Vendor, { id: row }) ? new DeletePayload(typedId('vendor', row)) : new DeletePayload(null, [notFound(ctx)]);
  }
}
