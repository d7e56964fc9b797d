/** What the instance is called and what it tells everybody. */
import { choice, flag, text, url, type OptionSpec } from '../option-spec.ts';

const longestContent = 100_000;

export const siteOptions = {
  'graphql.documents': choice('open', ['open', 'console-only', 'locked'], { describe: 'Which GraphQL documents run: any; known ones, but any of integration keys; known ones only.' }),
  'graphql.explorer': flag(true, { describe: 'Whether the signed-in may open the page /graphql/explorer, to write and run GraphQL in.' }),
  SystemName: text('Weir', 64, { describe: 'Name of the instance.' }),
  Logo: text('', 2048, { describe: 'Address of the logo.' }),
  Footer: text('', 10_000, { describe: 'Footer of the console: text or HTML.' }),
  Notice: text('', longestContent, { describe: 'What everyone is told: Markdown, HTML or an address.' }),
  About: text('', longestContent, { describe: 'About this instance: Markdown, HTML or an address.' }),
  HomePageContent: text('', longestContent, { describe: 'The home page: Markdown, HTML or an address.' }),
  'legal.user_agreement': text('', longestContent, { describe: 'The user agreement: Markdown, HTML or an address.' }),
  'legal.privacy_policy': text('', longestContent, { describe: 'The privacy policy: Markdown, HTML or an address.' }),
  ExposeRatioEnabled: flag(false, { describe: 'Whether anyone may read the ratios of all models at /api/ratio_config.' }),
  ServerAddress: url('', { describe: 'Address under which people reach the console; empty: WEIR_PUBLIC_URL.' }),
  DemoSiteEnabled: flag(false, { describe: 'Shown to clients as demo_site_enabled.' }),
  strict_http_status: flag(true, { describe: 'REST: real status codes; off answers 200 where a body says success: false.' }),
  'log.record_client_address': flag(false, { describe: 'Keep the address of the client in the log.' }),
} satisfies Record<string, OptionSpec>;
