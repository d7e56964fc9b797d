import { Ctx, Directive, Field, GraphQLISODateTime, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { AllowPublic } from '../../kernel/permission.ts';
import { version } from '../../kernel/version.ts';
import { readOptions } from '../option/option-values.ts';
import { Setup } from '../setup/setup.entity.ts';

@ObjectType({ description: 'What anyone may know of this instance.' })
export class Site {
  @Field(() => String)
  version!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'Address of the logo; empty: none.' })
  logo!: string;

  @Field(() => String, { description: 'Text or HTML; empty: none.' })
  footer!: string;

  @Field(() => Boolean)
  hasUserAgreement!: boolean;

  @Field(() => Boolean)
  hasPrivacyPolicy!: boolean;

  @Field(() => GraphQLISODateTime, { description: 'When this process started.' })
  startedAt!: Date;

  @Field(() => Int, { description: 'Quota units to one US dollar.' })
  quotaPerUnit!: number;

  @Field(() => String, { description: 'Where SDK clients reach the relay, without /v1.' })
  relayUrl!: string;

  @Field(() => String, { description: 'Where people reach the console.' })
  serverAddress!: string;

  @Field(() => Boolean, { description: 'Whether the first set-up is done.' })
  setupDone!: boolean;

  @Field(() => Boolean, { description: 'Models without a price may be used.' })
  selfUse!: boolean;

  @Field(() => Boolean, { description: 'This instance is a demonstration.' })
  demo!: boolean;
}

@Resolver(() => Site)
export class SiteResolver {
  constructor(private readonly relayUrl: string, private readonly publicUrl: string, private readonly startedAt: Date) {}

  @AllowPublic()
  @Directive('@rest(method: GET, path: "/api/status", auth: [NONE], view: "LegacyStatus")')
  @Query(() => Site)
  async site(@Ctx() { em }: RequestContext): Promise<Site> {
    const options = await readOptions(sqlOf(em), ['SystemName', 'Logo', 'Footer', 'QuotaPerUnit', 'ServerAddress', 'SelfUseModeEnabled', 'DemoSiteEnabled', 'legal.user_agreement', 'legal.privacy_policy']);
    return {
      version, startedAt: this.startedAt, relayUrl: this.relayUrl, name: options.get('SystemName')!, serverAddress: options.get('ServerAddress') || this.publicUrl,
      quotaPerUnit: Number(options.get('QuotaPerUnit')), setupDone: (await em.count(Setup, {})) > 0,
      logo: options.get('Logo')!, footer: options.get('Footer')!,
      hasUserAgreement: options.get('legal.user_agreement') !== '', hasPrivacyPolicy: options.get('legal.privacy_policy') !== '',
      selfUse: options.get('SelfUseModeEnabled') === 'true', demo: options.get('DemoSiteEnabled') === 'true',
    };
  }
}
