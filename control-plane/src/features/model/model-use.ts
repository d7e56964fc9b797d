/** What the rows of a page stand for: the models of enabled channels that they match, and who serves those. */
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { requestLoader } from '../../kernel/request-loader.ts';
import { typedId } from '../../kernel/typed-id.ts';
import { RelayPriceMode } from '../relay-link/wire/snapshot.ts';
import { ModelMeta } from './model-meta.entity.ts';
import { matches, NameRule, rowFinder } from './name-rule.ts';
import type { ServedModel, ServedModels } from './served-models.ts';
import type { BoundChannel } from './model.types.ts';

/** A row for every model of a large house would show all of its channels. */
const mostChannels = 100;

interface ChannelRow { model: string; id: number; name: string; type: number }

const channelsOf = `select m.model, c.id, c.name, c.type from channel c cross join unnest(c.models) as m (model)
  where c.status = 'ENABLED' and c.models && $1::text[] and m.model = any($1::text[]) order by c.id`;

async function loadChannels({ em }: RequestContext, models: readonly string[]): Promise<ChannelRow[][]> {
  const found = new Map<string, ChannelRow[]>(models.map((model) => [model, []]));
  for (const row of await sqlOf(em)<ChannelRow>(channelsOf, [[...models]])) found.get(row.model)!.push(row);
  return models.map((model) => found.get(model)!);
}

export class ModelUse {
  constructor(private readonly served: ServedModels) {}

  async models(ctx: RequestContext, row: ModelMeta): Promise<ServedModel[]> {
    const all = await this.served.all(ctx.em);
    return row.nameRule === NameRule.EXACT ? all.filter(({ model }) => model === row.name) : all.filter(({ model }) => matches(row, model));
  }

  async groups(ctx: RequestContext, row: ModelMeta): Promise<string[]> {
    return [...new Set((await this.models(ctx, row)).flatMap(({ groups }) => groups))].sort();
  }

  async priceModes(ctx: RequestContext, row: ModelMeta): Promise<RelayPriceMode[]> {
    const used = new Set((await this.models(ctx, row)).flatMap(({ price }) => (price ? [price.mode] : [])));
    return Object.values(RelayPriceMode).filter((mode) => used.has(mode));
  }

  /** Each channel once, by its number, at most 100. */
  async channels(ctx: RequestContext, row: ModelMeta): Promise<BoundChannel[]> {
    const loader = requestLoader(ctx, loadChannels);
    const found = await Promise.all((await this.models(ctx, row)).map(({ model }) => loader.load(model)));
    const byId = new Map(found.flat().map(({ id, name, type }) => [id, { id: typedId('channel', id), name, type }]));
    return [...byId].sort(([one], [other]) => one - other).slice(0, mostChannels).map(([, channel]) => channel);
  }

  /** Models that enabled channels serve and that no row matches, sorted. */
  async missing(ctx: RequestContext): Promise<string[]> {
    const find = rowFinder(await ctx.em.find(ModelMeta, {}));
    return (await this.served.all(ctx.em)).map(({ model }) => model).filter((model) => !find(model));
  }
}
