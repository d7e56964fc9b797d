import { Arg, Ctx, Directive, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { Allow, Permission } from '../../kernel/permission.ts';
import { Int64 } from '../../kernel/scalars.ts';
import { DeletePayload } from '../../kernel/words/user-error.ts';
import { PrefillGroup, PrefillType } from './prefill-group.entity.ts';
import type { PrefillGroupService } from './prefill-group.service.ts';
import { PrefillGroupPatch, PrefillGroupPayload } from './prefill-group.types.ts';

const items = '{from: "body.items", to: "input.items", cast: AS_JSON_TEXT}';

@Resolver()
export class PrefillGroupResolver {
  constructor(private readonly service: PrefillGroupService) {}

  @Allow(Permission.MODEL_READ)
  @Directive('@rest(method: GET, path: "/api/prefill_group/", view: "LegacyPrefillGroup", envelope: LIST)')
  @Query(() => [PrefillGroup], { description: 'Newest change first, at most 1,000.' })
  prefillGroups(@Ctx() ctx: RequestContext, @Arg('type', () => PrefillType, { nullable: true }) type: PrefillType | null) {
    return this.service.list(ctx, type);
  }

  @Allow(Permission.MODEL_WRITE)
  @Directive(`@rest(method: POST, path: "/api/prefill_group/", view: "LegacyPrefillGroup", bind: [${items}])`)
  @Mutation(() => PrefillGroupPayload)
  prefillGroupCreate(@Ctx() ctx: RequestContext, @Arg('input', () => PrefillGroupPatch) input: PrefillGroupPatch) {
    return this.service.create(ctx, input);
  }

  @Allow(Permission.MODEL_WRITE)
  @Directive(`@rest(method: PUT, path: "/api/prefill_group/", view: "LegacyPrefillGroup", bind: [{from: "body.id", to: "id"}, ${items}])`)
  @Mutation(() => PrefillGroupPayload)
  prefillGroupUpdate(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID) id: string,
    @Arg('input', () => PrefillGroupPatch) input: PrefillGroupPatch,
    @Arg('expectedVersion', () => Int64, { nullable: true, description: 'Version that the caller saw: another one is a CONFLICT. Absent: whatever it is.' }) expectedVersion: bigint | null,
  ) {
    return this.service.update(ctx, id, input, expectedVersion);
  }

  @Allow(Permission.MODEL_WRITE)
  @Directive('@rest(method: DELETE, path: "/api/prefill_group/{id}", view: "LegacyDeleted")')
  @Mutation(() => DeletePayload)
  prefillGroupDelete(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string) {
    return this.service.delete(ctx, id);
  }
}
