import type { Call } from '../provider.ts';

/** Words that stand for the addresses of coding plans in the place of a base address (providers 2.1). */
const plans: Readonly<Record<string, { readonly messages: string; readonly chat: string }>> = {
  'glm-coding-plan': { messages: 'https://open.bigmodel.cn/api/anthropic', chat: 'https://open.bigmodel.cn/api/coding/paas/v4' },
  'glm-coding-plan-international': { messages: 'https://api.z.ai/api/anthropic', chat: 'https://api.z.ai/api/coding/paas/v4' },
  'kimi-coding-plan': { messages: 'https://api.kimi.com/coding', chat: 'https://api.kimi.com/coding/v1' },
  'doubao-coding-plan': { messages: 'https://ark.cn-beijing.volces.com/api/coding', chat: 'https://ark.cn-beijing.volces.com/api/coding/v3' },
};

/** The whole address of a call on such a plan; undefined: the base is an address. */
export function planAddress({ base, dialect }: Pick<Call, 'base' | 'dialect'>): string | undefined {
  const plan = plans[base];
  if (!plan) return undefined;
  return dialect.name === 'anthropic-messages' ? plan.messages + dialect.path : plan.chat + dialect.path.replace(/^\/v1/, '');
}
