import { billingDashboard } from './asking/balances.ts';
import { compatible, resold } from './parts/compatible.ts';
import { provider } from './provider.ts';

/** A reseller of OpenAI at an address of its own. */
export const aiproxyLibrary = provider({
  ...compatible,
  name: 'aiproxy-library',
  label: 'AIProxyLibrary',
  type: 21,
  baseUrl: 'https://api.aiproxy.io',
  suggestedModels: ['gpt-4o', 'gpt-4o-mini'],
  serves: resold,
  balance: billingDashboard,
});
