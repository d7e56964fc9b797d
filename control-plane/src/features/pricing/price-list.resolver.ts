/** What models cost the caller: those that an enabled channel serves in a group that the caller may use. */
import { Ctx, Directive, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { fromMillionths } from '../../kernel/millionths.ts';
import { AllowPublic } from '../../kernel/permission.ts';
import { Decimal } from '../../kernel/scalars.ts';
import { Group } from '../group/group.entity.ts';
import type { GroupService } from '../group/group.service.ts';
import { textOption } from '../option/option-values.ts';
import { RelayPriceMode } from '../relay-link/wire/snapshot.ts';
import { User } from '../user/user.entity.ts';
import { Vendor } from '../vendor/vendor.entity.ts';
import type { ModelForSale, PriceBook } from './price-book.ts';

@ObjectType({ description: 'Where a model is called.' })
export class PriceListEndpoint {
  @Field(() => String)
  type!: string;

  @Field(() => String, { nullable: true, description: 'Null: the usual one of the type.' })
  path?: string | null;

  @Field(() => String, { nullable: true })
  method?: string | null;
}

@ObjectType()
export class PriceListEntry {
  @Field(() => String)
  model!: string;

  @Field(() => RelayPriceMode)
  mode!: RelayPriceMode;

  @Field(() => Decimal, { description: '1 is 2 US dollars for a million input tokens; 0 where requests have a price.' })
  modelRatio!: string;

  @Field(() => Decimal, { description: 'Output against input.' })
  completionRatio!: string;

  @Field(() => Decimal, { description: 'US dollars for a request; 0 where tokens have a price.' })
  callPrice!: string;

  @Field(() => String, { nullable: true, description: 'The expression that gives the price of each request, in US dollars for a million; null where another price applies.' })
  expression!: string | null;

  @Field(() => [String], { description: 'Groups of the caller that have it.' })
  groups!: string[];

  @Field(() => [String], { description: 'Dialects that its providers speak.' })
  dialects!: string[];

  @Field(() => [PriceListEndpoint], { description: 'Those of its metadata; empty: the usual ones of its dialects.' })
  endpoints!: PriceListEndpoint[];

  @Field(() => String)
  description!: string;

  @Field(() => String, { description: 'Its own icon, else that of its vendor.' })
  icon!: string;

  @Field(() => [String])
  tags!: string[];

  @Field(() => Vendor, { nullable: true })
  vendor!: Vendor | null;
}

@ObjectType()
export class PriceList {
  @Field(() => [PriceListEntry], { description: 'By model. A price counts times the ratio of the group.' })
  entries!: PriceListEntry[];

  @Field(() => [Group], { description: 'Groups that the caller may use; those that anyone may, for who is not signed in.' })
  groups!: Group[];

  @Field(() => [String], { description: 'Groups behind `auto`, as far as the caller may use them, in their order.' })
  autoGroups!: string[];

  @Field(() => [Vendor], { description: 'Those of the entries.' })
  vendors!: Vendor[];
}

function toEntry({ model, price, dialects, endpoints, meta, vendor }: ModelForSale, groups: string[]): PriceListEntry {
  const { mode, modelRatio, completionRatio, callPrice } = price;
  return {
    model, mode, modelRatio: fromMillionths(modelRatio), completionRatio: fromMillionths(completionRatio), callPrice: fromMillionths(callPrice), expression: price.expression?.text ?? null, groups, dialects: [...dialects],
    endpoints: [...endpoints], description: meta?.description ?? '', icon: meta?.icon || vendor?.icon || '', tags: meta?.tags ?? [], vendor: vendor ?? null,
  };
}

@Resolver()
export class PriceListResolver {
  constructor(private readonly book: PriceBook, private readonly groupService: GroupService) {}

  @AllowPublic()
  @Directive('@rest(method: GET, path: "/api/pricing", auth: [NONE, SESSION, ACCESS_TOKEN], view: "LegacyPricing")')
  @Query(() => PriceList, { description: 'Changes of channels, prices and metadata show within ten seconds.' })
  async priceList(@Ctx() ctx: RequestContext): Promise<PriceList> {
    const groups = await this.groupsOf(ctx), names = new Set(groups.map(({ name }) => name));
    const entries = (await this.book.read(ctx.em)).models.flatMap((one) => {
      const own = one.groups.filter((group) => names.has(group));
      return own.length ? [toEntry(one, own)] : [];
    });
    const vendors = new Map(entries.flatMap(({ vendor }) => (vendor ? [[vendor.id, vendor] as const] : [])));
    const autoGroups = (JSON.parse(await textOption(sqlOf(ctx.em), 'AutoGroups')) as string[]).filter((name) => names.has(name));
    return { entries, groups, autoGroups, vendors: [...vendors.values()].sort((one, other) => one.id - other.id) };
  }

  /** A relay key is no sign-in: it sees what anyone sees. */
  private async groupsOf({ em, principal }: RequestContext): Promise<Group[]> {
    const user = principal && principal.credential !== 'relay-key' ? await em.findOne(User, { id: principal.userId }) : null;
    return user ? this.groupService.usable(em, user.group) : this.groupService.selectable(em);
  }
}
