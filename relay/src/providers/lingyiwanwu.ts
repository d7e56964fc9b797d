import { compatible } from './parts/compatible.ts';
import { provider } from './provider.ts';

/** Providers 5. */
export const lingyiwanwu = provider({
  ...compatible,
  name: 'lingyiwanwu',
  label: '01.AI',
  type: 31,
  baseUrl: 'https://api.lingyiwanwu.com',
  suggestedModels: ['yi-lightning', 'yi-vision-v2'],
});
