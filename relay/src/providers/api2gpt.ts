import { balanceAt } from './asking/balances.ts';
import { compatible, resold } from './parts/compatible.ts';
import { provider } from './provider.ts';

/** A reseller of OpenAI at an address of its own. */
export const api2gpt = provider({
  ...compatible,
  name: 'api2gpt',
  label: 'API2GPT',
  type: 12,
  baseUrl: 'https://api.api2gpt.com',
  suggestedModels: ['gpt-4o', 'gpt-4o-mini'],
  serves: resold,
  balance: balanceAt('/dashboard/billing/credit_grants', ['total_remaining'], 'USD'),
});
