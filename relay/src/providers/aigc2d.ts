import { balanceAt } from './asking/balances.ts';
import { compatible, resold } from './parts/compatible.ts';
import { provider } from './provider.ts';

/** A reseller of OpenAI at an address of its own. */
export const aigc2d = provider({
  ...compatible,
  name: 'aigc2d',
  label: 'AIGC2D',
  type: 13,
  baseUrl: 'https://api.aigc2d.com',
  suggestedModels: ['gpt-4o', 'gpt-4o-mini'],
  serves: resold,
  balance: balanceAt('/dashboard/billing/credit_grants', ['total_available'], 'USD'),
});
