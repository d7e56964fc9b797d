/** Texts of the operator that anyone may read. They are options; this is where clients find them without a right to read options. */
import { Arg, Ctx, Directive, Field, FieldResolver, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { AllowPublic } from '../../kernel/permission.ts';
import type { OptionKey } from '../option/option-registry.ts';
import { textOption } from '../option/option-values.ts';
import { Site, type SiteResolver } from './site.resolver.ts';

export enum ContentKey { NOTICE = 'NOTICE', ABOUT = 'ABOUT', HOME = 'HOME', USER_AGREEMENT = 'USER_AGREEMENT', PRIVACY_POLICY = 'PRIVACY_POLICY' }
registerEnumType(ContentKey, { name: 'ContentKey' });

const options: Record<ContentKey, OptionKey> = {
  NOTICE: 'Notice', ABOUT: 'About', HOME: 'HomePageContent', USER_AGREEMENT: 'legal.user_agreement', PRIVACY_POLICY: 'legal.privacy_policy',
};

@ObjectType()
export class SiteContent {
  @Field(() => ContentKey)
  key!: ContentKey;

  @Field(() => String, { description: 'Markdown, HTML or an address, as the operator wrote it; empty when there is none.' })
  text!: string;
}

const route = (path: string, key: keyof typeof ContentKey, view = 'LegacyContentText', when = '') =>
  `@rest(method: GET, path: "${path}", auth: [NONE], view: "${view}"${when && `, when: "query.raw ${when} 'true', '1'"`}, bind: [{from: "const:${key}", to: "key"}])`;

@Resolver(() => SiteContent)
export class ContentResolver {
  constructor(private readonly sites: SiteResolver) {}

  @AllowPublic()
  @Directive(route('/api/notice', 'NOTICE'))
  @Directive(route('/api/about', 'ABOUT', 'LegacyAbout', 'not in'))
  @Directive(route('/api/about', 'ABOUT', 'LegacyContentText', 'in'))
  @Directive(route('/api/home_page_content', 'HOME', 'LegacyHome', 'not in'))
  @Directive(route('/api/home_page_content', 'HOME', 'LegacyContentText', 'in'))
  @Directive(route('/api/user-agreement', 'USER_AGREEMENT'))
  @Directive(route('/api/privacy-policy', 'PRIVACY_POLICY'))
  @Query(() => SiteContent)
  async content(@Ctx() { em }: RequestContext, @Arg('key', () => ContentKey) key: ContentKey): Promise<SiteContent> {
    return { key, text: await textOption(sqlOf(em), options[key]) };
  }

  @FieldResolver(() => Site)
  site(@Ctx() ctx: RequestContext): Promise<Site> {
    return this.sites.site(ctx);
  }
}
