import { billingDashboard } from './asking/balances.ts';
import { compatible, resold } from './parts/compatible.ts';
import { provider } from './provider.ts';

/** A reseller of OpenAI at an address of its own. */
export const ohmygpt = provider({
  ...compatible,
  name: 'ohmygpt',
  label: 'OhMyGPT',
  type: 7,
  baseUrl: 'https://api.ohmygpt.com',
  suggestedModels: ['gpt-4o', 'gpt-4o-mini'],
  serves: resold,
  balance: billingDashboard,
});
