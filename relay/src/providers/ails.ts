import { billingDashboard } from './asking/balances.ts';
import { compatible, resold } from './parts/compatible.ts';
import { provider } from './provider.ts';

/** A reseller of OpenAI at an address of its own. */
export const ails = provider({
  ...compatible,
  name: 'ails',
  label: 'AILS',
  type: 9,
  baseUrl: 'https://api.caipacity.com',
  suggestedModels: ['gpt-4o', 'gpt-4o-mini'],
  serves: resold,
  balance: billingDashboard,
});
