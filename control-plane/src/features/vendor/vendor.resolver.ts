import { Arg, Args, Ctx, Directive, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { PageArgs } from '../../kernel/list/page.ts';
import { Allow, Permission } from '../../kernel/permission.ts';
import { Int64 } from '../../kernel/scalars.ts';
import { DeletePayload } from '../../kernel/words/user-error.ts';
import { vendorRoutes } from './vendor-rest.ts';
import { Vendor } from './vendor.entity.ts';
import type { VendorService } from './vendor.service.ts';
import { VendorConnection, VendorPatch, VendorPayload } from './vendor.types.ts';

@Resolver()
export class VendorResolver {
  constructor(private readonly service: VendorService) {}

  @Allow(Permission.MODEL_READ)
  @Directive(vendorRoutes.get)
  @Query(() => Vendor, { nullable: true })
  vendor(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string) {
    return this.service.one(ctx, id);
  }

  @Allow(Permission.MODEL_READ)
  @Directive(vendorRoutes.list)
  @Directive(vendorRoutes.search)
  @Query(() => VendorConnection, { description: 'Newest first.' })
  vendors(@Ctx() ctx: RequestContext, @Arg('search', () => String, { nullable: true, description: 'Part of the name or the description.' }) search: string | null, @Args(() => PageArgs) page: PageArgs) {
    return this.service.page(ctx, search, page);
  }

  @Allow(Permission.MODEL_WRITE)
  @Directive(vendorRoutes.create)
  @Mutation(() => VendorPayload)
  vendorCreate(@Ctx() ctx: RequestContext, @Arg('input', () => VendorPatch) input: VendorPatch) {
    return this.service.create(ctx, input);
  }

  @Allow(Permission.MODEL_WRITE)
  @Directive(vendorRoutes.update)
  @Mutation(() => VendorPayload)
  vendorUpdate(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID) id: string,
    @Arg('input', () => VendorPatch) input: VendorPatch,
    @Arg('expectedVersion', () => Int64, { nullable: true }) expectedVersion: bigint | null,
  ) {
    return this.service.update(ctx, id, input, expectedVersion);
  }

  @Allow(Permission.MODEL_WRITE)
  @Directive(vendorRoutes.delete)
  @Mutation(() => DeletePayload, { description: 'Its models stay, without a vendor.' })
  vendorDelete(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string) {
    return this.service.delete(ctx, id);
  }
}
