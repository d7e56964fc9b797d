import { balanceAt } from './asking/balances.ts';
import { compatible, resold } from './parts/compatible.ts';
import { provider } from './provider.ts';

/** A reseller of OpenAI at an address of its own. */
export const aiproxy = provider({
  ...compatible,
  name: 'aiproxy',
  label: 'AIProxy',
  type: 10,
  baseUrl: 'https://api.aiproxy.io',
  suggestedModels: ['gpt-4o', 'gpt-4o-mini'],
  serves: resold,
  balance: balanceAt('https://aiproxy.io/api/report/getUserOverview', ['data', 'totalPoints'], 'points', ({ credential }) => [['api-key', credential['apiKey'] ?? '']]),
});
