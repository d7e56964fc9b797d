/** How clients show the site and its money (semantics 11.1). They read it at /api/status. */
import { z } from 'zod';
import { json } from '../json-option.ts';
import { choice, decimal, flag, integer, text, url, type OptionSpec } from '../option-spec.ts';

/** Clients read these as JSON, or as nothing. */
const layout = (describe: string): OptionSpec => json('', z.record(z.string(), z.unknown()), { describe });

const chats = z.array(z.record(z.string().min(1).max(100), z.string().max(2_048)).refine((entry) => Object.keys(entry).length === 1, 'one name and its address')).max(100);

const usualChats = JSON.stringify([
  { 'Cherry Studio': 'cherrystudio://providers/api-keys?v=1&data={cherryConfig}' }, { 'Lobe Chat': 'https://chat-preview.lobehub.com/?settings={"keyVaults":{"openai":{"apiKey":"{key}","baseURL":"{address}/v1"}}}' },
]);

export const displayOptions = {
  TopUpLink: url('', { describe: 'Where people buy quota outside of this site.' }),
  ChatLink: text('', 2_048, { describe: 'Address of a chat client.' }),
  ChatLink2: text('', 2_048, { describe: 'Address of another chat client.' }),
  Chats: json(usualChats, chats, { describe: 'Chat clients: a JSON list of one-entry objects, name to address; {key} and {address} are filled in.' }),
  HeaderNavModules: layout('Which links the head of the console shows: JSON, read by compatible consoles.'),
  SidebarModulesAdmin: layout('Which entries the sidebar has for everybody: JSON, read by compatible consoles.'),
  DefaultCollapseSidebar: flag(false, { describe: 'Whether the sidebar begins narrow.' }),
  'theme.frontend': text('default', 64, { describe: 'Theme, read by compatible consoles.' }),
  'general_setting.docs_link': url('', { describe: 'Where the documentation is.' }),
  DisplayInCurrencyEnabled: flag(true, { describe: 'Whether quota is shown as money; older clients read it instead of general_setting.quota_display_type.' }),
  DisplayTokenStatEnabled: flag(true, { describe: 'Whether the billing addresses of OpenAI answer for the key and not for its user.' }),
  'general_setting.custom_currency_symbol': text('¤', 8, { describe: 'Sign of the currency CUSTOM.' }),
  'general_setting.custom_currency_exchange_rate': decimal('1', 0.000001, 1_000_000, { describe: 'Units of the currency CUSTOM to one US dollar.' }),
  DrawingEnabled: flag(true, { describe: 'Whether consoles show drawings.' }),
  TaskEnabled: flag(true, { describe: 'Whether consoles show tasks.' }),
  DataExportEnabled: flag(true, { describe: 'Whether consoles show usage by hour; it is counted anyway.' }),
  DataExportInterval: integer(5, 1, 1_440, { describe: 'Kept for clients, in minutes; usage is counted as it is settled.' }),
  DataExportDefaultTime: choice('hour', ['hour', 'day', 'week'], { describe: 'What usage is grouped by at first.' }),
} satisfies Record<string, OptionSpec>;
