/** Copies metadata from the catalogue: rows for served models that have none, and fields of rows that people name. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext } from '../../../kernel/context.ts';
import { say } from '../../../kernel/words/messages.ts';
import { refusal } from '../../../kernel/words/refusal.ts';
import { unlessTaken } from '../../../kernel/taken.ts';
import { PlainError, UserErrorCode, ValidationError, type UserError } from '../../../kernel/words/user-error.ts';
import { Vendor } from '../../vendor/vendor.entity.ts';
import { ModelMeta } from '../model-meta.entity.ts';
import type { ModelUse } from '../model-use.ts';
import { CatalogueFault, type Catalogue, type CatalogueReader, type Locale } from './catalogue.ts';
import { ModelSyncPayload, ModelSyncPreview, type ModelOverwriteInput, type ModelSyncInput } from './model-sync.types.ts';
import { syncFieldNames, syncFields, type LocalModel } from './sync-fields.ts';
import { VendorMaker } from './vendor-maker.ts';

const mostOverwrites = 1_000;

async function locals(em: EntityManager): Promise<LocalModel[]> {
  const names = new Map((await em.find(Vendor, {})).map(({ id, name }) => [id, name]));
  return (await em.find(ModelMeta, {}, { orderBy: { name: 'asc' } })).map((row) => ({ row, vendor: (row.vendorId != null && names.get(row.vendorId)) || '' }));
}

function unavailable(ctx: RequestContext, { reason }: CatalogueFault): PlainError {
  return new PlainError(UserErrorCode.UPSTREAM_FAILED, 'catalogue_unavailable', `${say('catalogue_unavailable', ctx.language)}: ${reason}`);
}

export class ModelSyncService {
  constructor(private readonly catalogue: CatalogueReader, private readonly use: ModelUse) {}

  async preview(ctx: RequestContext, locale: Locale | undefined): Promise<ModelSyncPreview> {
    const catalogue = await this.catalogue.read(ctx, locale);
    if (catalogue instanceof CatalogueFault) return Object.assign(new ModelSyncPreview(), { userErrors: [unavailable(ctx, catalogue)] });
    const missing = (await this.use.missing(ctx)).filter((model) => catalogue.models.has(model));
    const conflicts = (await locals(ctx.em)).flatMap((local) => conflictOf(local, catalogue));
    return Object.assign(new ModelSyncPreview(), { missing, conflicts, source: catalogue.source });
  }

  async sync(ctx: RequestContext, { overwrite, locale }: ModelSyncInput): Promise<ModelSyncPayload> {
    const asked = overwrite ?? [], refused = checkOverwrites(ctx, asked);
    if (refused) return Object.assign(new ModelSyncPayload(), { userErrors: [refused] });
    const catalogue = await this.catalogue.read(ctx, locale ?? undefined);
    if (catalogue instanceof CatalogueFault) return Object.assign(new ModelSyncPayload(), { userErrors: [unavailable(ctx, catalogue)] });
    const missing = await this.use.missing(ctx);
    const payload = await unlessTaken(ctx.em.fork(), (em) => write(ctx, em, { catalogue, missing, asked }));
    return payload ?? Object.assign(new ModelSyncPayload(), { userErrors: [refusal(ctx, UserErrorCode.CONFLICT, 'version_conflict')] });
  }
}

function conflictOf(local: LocalModel, { models }: Catalogue) {
  const found = local.row.syncOfficial ? models.get(local.row.name) : undefined;
  if (!found) return [];
  const fields = syncFieldNames.map((field) => ({ field, local: syncFields[field]!.local(local), upstream: syncFields[field]!.upstream(found) })).filter(({ local: one, upstream }) => one !== upstream);
  return fields.length ? [{ model: local.row.name, fields }] : [];
}

function checkOverwrites(ctx: RequestContext, asked: readonly ModelOverwriteInput[]): UserError | undefined {
  if (asked.length > mostOverwrites) return refusal(ctx, UserErrorCode.OUT_OF_RANGE, 'too_many_items', ['input', 'overwrite']);
  const index = asked.findIndex(({ fields }) => fields.some((field) => !syncFields[field]));
  if (index < 0) return undefined;
  return Object.assign(new ValidationError(UserErrorCode.INVALID, 'field_invalid', say('field_invalid', ctx.language), ['input', 'overwrite', String(index), 'fields']), { allowed: syncFieldNames });
}

interface Plan { catalogue: Catalogue; missing: readonly string[]; asked: readonly ModelOverwriteInput[] }

async function write(ctx: RequestContext, em: EntityManager, { catalogue, missing, asked }: Plan): Promise<ModelSyncPayload> {
  const now = ctx.clock.now(), payload = Object.assign(new ModelSyncPayload(), { source: catalogue.source }), vendors = await VendorMaker.open(em, catalogue, now);
  for (const name of missing) {
    const found = catalogue.models.get(name);
    if (!found) { payload.skipped.push(name); continue; }
    const { vendor, ...values } = found;
    em.persist(em.create(ModelMeta, { ...values, vendorId: await vendors.idOf(vendor), createdAt: now, updatedAt: now }));
    payload.created.push(name);
  }
  const rows = new Map((await em.find(ModelMeta, { name: { $in: asked.map(({ modelName }) => modelName) } })).map((row) => [row.name, row]));
  for (const { modelName, fields } of asked) {
    const row = rows.get(modelName), found = catalogue.models.get(modelName);
    if (!row?.syncOfficial || !found) { payload.skipped.push(modelName); continue; }
    for (const field of fields) syncFields[field]!.take?.(row, found);
    if (fields.includes('vendor')) row.vendorId = await vendors.idOf(found.vendor);
    Object.assign(row, { updatedAt: now, version: row.version + 1 });
    payload.updated.push(modelName);
  }
  await em.flush();
  payload.createdVendors = vendors.made;
  return payload;
}
