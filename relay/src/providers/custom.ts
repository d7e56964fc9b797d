import { compatible, resold } from './parts/compatible.ts';
import { provider } from './provider.ts';

const { credential, authorize, speaks } = compatible;

/** Any server that speaks Chat Completions, at a whole address in which `{model}` stands for the model (providers 1.1). */
export const custom = provider({
  credential, authorize, speaks,
  name: 'custom',
  label: 'Custom',
  type: 8,
  baseUrl: 'http://localhost/v1/chat/completions',
  suggestedModels: [],
  path: ({ base, model }) => base.replace(/\{model\}|%7Bmodel%7D/gi, encodeURIComponent(model)),
  serves: resold,
});
