/** Where metadata of models and prices of other sites are read. */
import { url, type OptionSpec } from '../option-spec.ts';

export const catalogueOptions = {
  'model_sync.url': url('', { describe: 'Address below which models.json and vendors.json of the public model catalogue stand; {locale} in it becomes en, zh or ja. Empty: none.' }),
  'price_sync.preset_url': url('', { describe: 'Address of a file of prices to compare with, beside those of other sites; empty: none.' }),
} satisfies Record<string, OptionSpec>;
