import { billingDashboard } from './asking/balances.ts';
import { compatible, resold } from './parts/compatible.ts';
import { provider } from './provider.ts';

/** A reseller of OpenAI at an address of its own. */
export const openaiMax = provider({
  ...compatible,
  name: 'openai-max',
  label: 'OpenAIMax',
  type: 6,
  baseUrl: 'https://api.openaimax.com',
  suggestedModels: ['gpt-4o', 'gpt-4o-mini'],
  serves: resold,
  balance: billingDashboard,
});
