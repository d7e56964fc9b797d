/** How clients show the site, and the panels of its first page: options that anyone may read. */
import { Ctx, Field, FieldResolver, Float, ObjectType, Resolver } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import type { OptionKey } from '../option/option-registry.ts';
import { optionsOf } from '../option/option-values.ts';
import { Site } from './site.resolver.ts';

@ObjectType()
export class SiteDisplay {
  @Field(() => String)
  topUpLink!: string;

  @Field(() => String)
  docsLink!: string;

  @Field(() => Boolean)
  inCurrency!: boolean;

  @Field(() => String)
  customSymbol!: string;

  @Field(() => Float, { description: 'Units of the custom currency to one US dollar.' })
  customRate!: number;

  @Field(() => Boolean)
  sidebarCollapsed!: boolean;

  @Field(() => String, { description: 'JSON list of one-entry objects, name to address.' })
  chats!: string;

  @Field(() => String, { description: 'JSON, or empty.' })
  headerModules!: string;

  @Field(() => String, { description: 'JSON, or empty.' })
  sidebarModules!: string;

  @Field(() => Boolean)
  drawing!: boolean;

  @Field(() => Boolean)
  tasks!: boolean;

  @Field(() => Boolean)
  dataExport!: boolean;

  @Field(() => String)
  dataExportTime!: string;

  @Field(() => Boolean)
  drawingNotices!: boolean;

  @Field(() => Boolean)
  autoGroup!: boolean;
}

@ObjectType({ description: 'A panel of the first page. Its entries are JSON as the operator wrote it, empty while it is off.' })
export class SitePanel {
  @Field(() => Boolean)
  enabled!: boolean;

  @Field(() => String)
  entries!: string;
}

@ObjectType()
export class SitePanels {
  @Field(() => SitePanel)
  apiInfo!: SitePanel;

  @Field(() => SitePanel)
  announcements!: SitePanel;

  @Field(() => SitePanel)
  faq!: SitePanel;

  @Field(() => Boolean, { description: 'Whether `uptime` has monitors.' })
  uptimeEnabled!: boolean;
}

const displayKeys = ['TopUpLink', 'general_setting.docs_link', 'DisplayInCurrencyEnabled', 'general_setting.custom_currency_symbol', 'general_setting.custom_currency_exchange_rate', 'DefaultCollapseSidebar',
  'Chats', 'HeaderNavModules', 'SidebarModulesAdmin', 'DrawingEnabled', 'TaskEnabled', 'DataExportEnabled', 'DataExportDefaultTime', 'MjNotifyEnabled', 'DefaultUseAutoGroup'] as const satisfies readonly OptionKey[];

const panelKeys = ['console_setting.api_info', 'console_setting.api_info_enabled', 'console_setting.announcements', 'console_setting.announcements_enabled', 'console_setting.faq',
  'console_setting.faq_enabled', 'console_setting.uptime_kuma_enabled'] as const satisfies readonly OptionKey[];

@Resolver(() => Site)
export class SiteDisplayResolver {
  @FieldResolver(() => SiteDisplay)
  async display(@Ctx() ctx: RequestContext): Promise<SiteDisplay> {
    const values = await optionsOf(ctx, displayKeys);
    const text = (key: (typeof displayKeys)[number]) => values.get(key)!, flag = (key: (typeof displayKeys)[number]) => text(key) === 'true';
    return {
      topUpLink: text('TopUpLink'), docsLink: text('general_setting.docs_link'), inCurrency: flag('DisplayInCurrencyEnabled'), customSymbol: text('general_setting.custom_currency_symbol'),
      customRate: Number(text('general_setting.custom_currency_exchange_rate')), sidebarCollapsed: flag('DefaultCollapseSidebar'), chats: text('Chats'), headerModules: text('HeaderNavModules'),
      sidebarModules: text('SidebarModulesAdmin'), drawing: flag('DrawingEnabled'), tasks: flag('TaskEnabled'), dataExport: flag('DataExportEnabled'), dataExportTime: text('DataExportDefaultTime'),
      drawingNotices: flag('MjNotifyEnabled'), autoGroup: flag('DefaultUseAutoGroup'),
    };
  }

  @FieldResolver(() => SitePanels)
  async panels(@Ctx() ctx: RequestContext): Promise<SitePanels> {
    const values = await optionsOf(ctx, panelKeys);
    const panel = (name: 'api_info' | 'announcements' | 'faq'): SitePanel => {
      const enabled = values.get(`console_setting.${name}_enabled`) === 'true';
      return { enabled, entries: enabled ? values.get(`console_setting.${name}`)! : '[]' };
    };
    return { apiInfo: panel('api_info'), announcements: panel('announcements'), faq: panel('faq'), uptimeEnabled: values.get('console_setting.uptime_kuma_enabled') === 'true' };
  }
}
