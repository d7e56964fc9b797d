/** Where metadata of models and prices of other sites are read. */
import { decimal, url, type OptionSpec } from '../option-spec.ts';

export const catalogueOptions = {
  'model_sync.url': url('', { describe: 'Address below which models.json and vendors.json of the public model catalogue stand; {locale} in it becomes en, zh or ja. Empty: none.' }),
  USDExchangeRate: decimal('7.3', 0.000001, 1_000_000, { describe: 'Yuan for a US dollar: what is shown, and how balances that providers count in yuan are converted.' }),
} satisfies Record<string, OptionSpec>;
