import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql';
import { expectedOfList, tellsVersion, versionOf } from '../../database/list-version.ts';
import { sqlOf } from '../../database/sql.ts';
import { dryRunArgument } from '../../kernel/bulk.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { Allow, Permission } from '../../kernel/permission.ts';
import { Int64 } from '../../kernel/scalars.ts';
import { migrateConsoleSettings } from './migrate-console-settings.ts';
import type { OptionService } from './option.service.ts';
import { Option, OptionInput, OptionsPayload } from './option.types.ts';

@Resolver()
export class OptionResolver {
  constructor(private readonly service: OptionService) {}

  @Allow(Permission.OPTION_READ)
  @Directive('@rest(method: GET, path: "/api/option/", view: "LegacyOption", envelope: LIST)')
  @Query(() => [Option])
  options(@Ctx() ctx: RequestContext, @Arg('keys', () => [String], { nullable: true, description: 'Absent: all.' }) keys: string[] | null, @Arg('section', () => String, { nullable: true, description: 'Only those of one area.' }) section: string | null) {
    return this.service.read(ctx.em, keys ?? undefined, section ?? undefined);
  }

  @Allow(Permission.OPTION_WRITE)
  @Directive('@rest(method: POST, path: "/api/option/migrate_console_setting", envelope: MESSAGE)')
  @Mutation(() => OptionsPayload, { description: 'Moves the panels of older sites (ApiInfo, Announcements, FAQ, UptimeKumaUrl, UptimeKumaSlug) into console_setting.*, at most 50 entries each, and drops the old rows.' })
  optionsMigrateLegacy(@Ctx() ctx: RequestContext) {
    return migrateConsoleSettings(ctx, this.service);
  }

  @Allow(Permission.OPTION_WRITE)
  @Directive('@rest(method: PUT, path: "/api/option/", envelope: MESSAGE, bind: [{from: "body", to: "input", cast: PAIRS}])')
  @Mutation(() => OptionsPayload, { description: 'All of them, or none.' })
  optionsUpdate(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => [OptionInput], { description: 'Options and what they become, at most 200.' }) input: OptionInput[],
    @Arg('dryRun', () => Boolean, dryRunArgument) dryRun: boolean,
    @Arg('expectedVersion', () => Int64, expectedOfList) expectedVersion: bigint | null,
  ) {
    return this.service.update(ctx, input, { dryRun, expectedVersion });
  }

  @Allow(Permission.OPTION_READ)
  @Query(() => Int64, { description: tellsVersion })
  optionsVersion(@Ctx() ctx: RequestContext): Promise<number> {
    return versionOf(sqlOf(ctx.em), 'options');
  }
}
