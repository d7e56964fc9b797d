/** What holds for every provider, and what each one makes of a call: one row each. */
import { usualSwitches } from './parts/switches.ts';
import { usualModelSettings } from '../models/model-settings.ts';
import { describe, expect, it } from 'vitest';
import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import type { Wire } from '../dialects/dialect.ts';
import { Failure } from '../failure/failure.ts';
import { endpoints } from '../endpoints/table.ts';
import { noExtra } from '../snapshot/channel-extra.ts';
import { capabilitiesOf } from './parts/capabilities.ts';
import { readCredential } from './parts/credential-form.ts';
import { providers } from './index.gen.ts';
import type { Call, ChannelExtra, Provider } from './provider.ts';
import { providerAt } from './provider-list.ts';
import { convertRequest } from './parts/request-conversion.ts';
import { baseOf, upstreamAddress } from './parts/upstream-address.ts';
import { upstreamHeaders } from './parts/upstream-headers.ts';

const all: readonly Provider[] = providers;
const named = (name: string): Provider => {
  const found = all.find((one) => one.name === name);
  if (!found) throw new Error(`no provider is called ${name}`);
  return found;
};

interface To { as?: string; model?: string; stream?: boolean; key?: string; base?: string; extra?: Partial<ChannelExtra> }

const surfaceOf = (one: Provider, as: string | undefined): Wire =>
  one.speaks.find((dialect) => as === undefined || dialect.name === as) ?? endpoints.find(({ endpoint }) => endpoint.name === as)?.endpoint ?? openaiChat;

function callOf(one: Provider, { as, model = 'm', stream = false, key = 'sk-1', base, extra }: To): Call {
  const credential = readCredential(one, key) ?? {};
  return { dialect: surfaceOf(one, as), model, stream, credential, extra: { ...noExtra, ...extra }, base: baseOf(one, base) };
}

describe.each(all.map((one) => ({ name: one.name, one })))('$name', ({ one }) => {
  it('has an address of its own for what it speaks', () => {
    for (const dialect of one.speaks) {
      const address = upstreamAddress(one, callOf(one, { as: dialect.name, extra: { other: 'acct' } }));
      expect(address instanceof Failure ? address.details.note : address.protocol).toMatch(/^https?:$/);
    }
  });

  it('offers nothing twice', () => expect(new Set(one.suggestedModels).size).toBe(one.suggestedModels.length));
});

const account = JSON.stringify({ client_email: 'a@proj.iam', private_key: 'k', project_id: 'proj' });

describe('where calls go', () => {
  it.each<[string, To, string]>([
    ['alibaba', {}, 'https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions'],
    ['alibaba', { base: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1' }, 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1/chat/completions'],
    ['alibaba', { as: 'anthropic-messages' }, 'https://dashscope.aliyuncs.com/apps/anthropic/v1/messages'],
    ['alibaba', { as: 'embeddings' }, 'https://dashscope.aliyuncs.com/compatible-mode/v1/embeddings'],
    ['xai', { as: 'openai-responses' }, 'https://api.x.ai/v1/responses'],
    ['openrouter', {}, 'https://openrouter.ai/api/v1/chat/completions'],
    ['openrouter', { base: 'https://openrouter.ai/api/v1/' }, 'https://openrouter.ai/api/v1/chat/completions'],
    ['deepseek', { as: 'anthropic-messages', base: 'https://api.deepseek.com/v1' }, 'https://api.deepseek.com/anthropic/v1/messages'],
    ['deepseek', { as: 'anthropic-messages', base: 'https://api.deepseek.com/anthropic' }, 'https://api.deepseek.com/anthropic/v1/messages'],
    ['moonshot', { as: 'anthropic-messages' }, 'https://api.moonshot.cn/anthropic/v1/messages'],
    ['moonshot', { base: 'kimi-coding-plan' }, 'https://api.kimi.com/coding/v1/chat/completions'],
    ['moonshot', { base: 'kimi-coding-plan', as: 'anthropic-messages' }, 'https://api.kimi.com/coding/v1/messages'],
    ['zhipu', {}, 'https://open.bigmodel.cn/api/paas/v4/chat/completions'],
    ['zhipu', { base: 'https://api.z.ai/api/coding/paas/v4' }, 'https://api.z.ai/api/coding/paas/v4/chat/completions'],
    ['zhipu', { base: 'glm-coding-plan' }, 'https://open.bigmodel.cn/api/coding/paas/v4/chat/completions'],
    ['zhipu', { base: 'glm-coding-plan-international', as: 'anthropic-messages' }, 'https://api.z.ai/api/anthropic/v1/messages'],
    ['volcengine', {}, 'https://ark.cn-beijing.volces.com/api/v3/chat/completions'],
    ['volcengine', { model: 'bot-2025' }, 'https://ark.cn-beijing.volces.com/api/v3/bots/chat/completions'],
    ['volcengine', { base: 'doubao-coding-plan', as: 'anthropic-messages' }, 'https://ark.cn-beijing.volces.com/api/coding/v1/messages'],
    ['minimax', {}, 'https://api.minimaxi.com/v1/chat/completions'],
    ['perplexity', {}, 'https://api.perplexity.ai/chat/completions'],
    ['perplexity', { as: 'openai-responses' }, 'https://api.perplexity.ai/v1/responses'],
    ['siliconflow', {}, 'https://api.siliconflow.cn/v1/chat/completions'],
    ['cloudflare', { extra: { other: 'acct/1' } }, 'https://api.cloudflare.com/client/v4/accounts/acct%2F1/ai/v1/chat/completions'],
    ['cloudflare', { as: 'embeddings', extra: { other: 'a' } }, 'https://api.cloudflare.com/client/v4/accounts/a/ai/v1/embeddings'],
    ['baidu', {}, 'https://qianfan.baidubce.com/v2/chat/completions'],
    ['baidu', { base: 'https://qianfan.baidubce.com/v2' }, 'https://qianfan.baidubce.com/v2/chat/completions'],
    ['jina', { as: 'rerank' }, 'https://api.jina.ai/v1/rerank'],
    ['moka', { as: 'embeddings' }, 'https://api.moka.ai/embeddings'],
    ['mistral', { as: 'completions' }, 'https://api.mistral.ai/v1/fim/completions'],
    ['groq', {}, 'https://api.groq.com/openai/v1/chat/completions'],
    ['custom', { base: 'https://x.test/a/{model}/chat?k=1', model: 'm 1' }, 'https://x.test/a/m%201/chat?k=1'],
    ['custom', { base: 'https://x.test/a/%7Bmodel%7D', model: 'm/1' }, 'https://x.test/a/m%2F1'],
    ['openai', { base: 'https://gateway.ai.cloudflare.com/v1/acct/gw/openai' }, 'https://gateway.ai.cloudflare.com/v1/acct/gw/openai/chat/completions'],
    ['openai', { base: 'https://x.test/chat?a=b#' }, 'https://x.test/chat?a=b'],
    ['azure', { base: 'https://r.openai.azure.com', model: 'gpt-4.1', extra: { other: '2025-01-01' } }, 'https://r.openai.azure.com/openai/deployments/gpt-4.1/chat/completions?api-version=2025-01-01'],
    ['azure', { base: 'https://r.openai.azure.com/openai', model: 'gpt-3.5-turbo', extra: { other: '2025-01-01', settings: { azure_strip_dots: true } } }, 'https://r.openai.azure.com/openai/deployments/gpt-35-turbo/chat/completions?api-version=2025-01-01'],
    ['azure', { base: 'https://r.openai.azure.com', model: 'a/b', as: 'embeddings', extra: { other: '2025-01-01' } }, 'https://r.openai.azure.com/openai/deployments/a%2Fb/embeddings?api-version=2025-01-01'],
    ['azure', { base: 'https://r.openai.azure.com' }, 'https://r.openai.azure.com/openai/v1/chat/completions'],
    ['azure', { base: 'https://r.openai.azure.com', extra: { other: 'preview' } }, 'https://r.openai.azure.com/openai/v1/chat/completions?api-version=preview'],
    ['azure', { base: 'https://r.openai.azure.com', as: 'openai-responses', extra: { other: '2025-01-01' } }, 'https://r.openai.azure.com/openai/v1/responses?api-version=preview'],
    ['azure', { base: 'https://r.cognitiveservices.azure.com', as: 'openai-responses', extra: { other: '2025-04-01-preview' } }, 'https://r.cognitiveservices.azure.com/openai/responses?api-version=2025-04-01-preview'],
    ['azure', { base: 'https://gateway.ai.cloudflare.com/v1/acct/gw/azure-openai/res/dep', extra: { other: '2025-01-01' } }, 'https://gateway.ai.cloudflare.com/v1/acct/gw/azure-openai/res/dep/chat/completions?api-version=2025-01-01'],
    ['bedrock', { key: 'k|eu-west-1', model: 'claude-3-5-sonnet-20241022' }, 'https://bedrock-runtime.eu-west-1.amazonaws.com/model/anthropic.claude-3-5-sonnet-20241022-v2%3A0/invoke'],
    ['bedrock', { key: 'a|s|us-east-1', model: 'claude-sonnet-4-5-20250929', stream: true }, 'https://bedrock-runtime.us-east-1.amazonaws.com/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/invoke-with-response-stream'],
    ['bedrock', { key: 'a|s|ap-northeast-1', model: 'claude-sonnet-4-6', extra: { settings: { bedrock_profile: 'global' } } }, 'https://bedrock-runtime.ap-northeast-1.amazonaws.com/model/global.anthropic.claude-sonnet-4-6/invoke'],
    ['bedrock', { key: 'a|s|t|us-east-1', model: 'claude-opus-4-6', extra: { settings: { bedrock_profile: 'off' } } }, 'https://bedrock-runtime.us-east-1.amazonaws.com/model/anthropic.claude-opus-4-6-v1/invoke'],
    ['bedrock', { key: 'k|us-east-1', model: 'amazon.nova-pro-v1:0', as: 'bedrock-converse', stream: true }, 'https://bedrock-runtime.us-east-1.amazonaws.com/model/amazon.nova-pro-v1%3A0/converse-stream'],
    ['bedrock', { key: 'k|us-east-1', base: 'https://proxy.test/aws', model: 'meta.llama3', as: 'bedrock-converse' }, 'https://proxy.test/aws/model/meta.llama3/converse'],
    ['vertex', { key: account, as: 'gemini', model: 'gemini-2.5-pro', stream: true, extra: { other: 'us-central1' } }, 'https://us-central1-aiplatform.googleapis.com/v1/projects/proj/locations/us-central1/publishers/google/models/gemini-2.5-pro:streamGenerateContent?alt=sse'],
    ['vertex', { key: account, as: 'gemini', model: 'gemini-3-pro-preview' }, 'https://aiplatform.googleapis.com/v1beta1/projects/proj/locations/global/publishers/google/models/gemini-3-pro-preview:generateContent'],
    ['vertex', { key: account, as: 'anthropic-messages', model: 'claude-sonnet-4-5-20250929', extra: { other: '{"default":"us-east5","gemini-2.5-pro":"eu"}' } }, 'https://us-east5-aiplatform.googleapis.com/v1/projects/proj/locations/us-east5/publishers/anthropic/models/claude-sonnet-4-5%4020250929:rawPredict'],
    ['vertex', { key: account, as: 'anthropic-messages', model: 'claude-opus-4-6', stream: true, extra: { other: 'eu' } }, 'https://aiplatform.eu.rep.googleapis.com/v1/projects/proj/locations/eu/publishers/anthropic/models/claude-opus-4-6:streamRawPredict'],
    ['vertex', { key: account, as: 'image-edits', model: 'gemini-2.5-flash-image', extra: { other: 'us-central1' } }, 'https://us-central1-aiplatform.googleapis.com/v1/projects/proj/locations/us-central1/publishers/google/models/gemini-2.5-flash-image:generateContent'],
    ['volcengine', { key: 'app|token', as: 'speech' }, 'https://openspeech.bytedance.com/api/v1/tts/ws_binary'],
    ['vertex', { key: account, as: 'openai-chat', model: 'meta/llama-3.3', extra: { other: 'us-central1' } }, 'https://us-central1-aiplatform.googleapis.com/v1beta1/projects/proj/locations/us-central1/endpoints/openapi/chat/completions'],
    ['vertex', { key: 'AIza', as: 'gemini', model: 'gemini-2.5-pro' }, 'https://aiplatform.googleapis.com/v1/publishers/google/models/gemini-2.5-pro:generateContent'],
    ['vertex', { key: account, as: 'embeddings', model: 'gemini-embedding-001', extra: { other: 'us-central1' } }, 'https://us-central1-aiplatform.googleapis.com/v1/projects/proj/locations/us-central1/publishers/google/models/gemini-embedding-001:predict'],
    ['gemini', { as: 'embeddings', model: 'gemini-embedding-001' }, 'https://generativelanguage.googleapis.com/v1beta/models/gemini-embedding-001:batchEmbedContents'],
    ['gemini', { as: 'image-generations', model: 'imagen-4.0' }, 'https://generativelanguage.googleapis.com/v1beta/models/imagen-4.0:predict'],
    ['cohere', {}, 'https://api.cohere.ai/v2/chat'],
    ['cohere', { as: 'rerank' }, 'https://api.cohere.ai/v2/rerank'],
    ['tencent', { key: 'sk-1' }, 'https://api.hunyuan.cloud.tencent.com/v1/chat/completions'],
    ['tencent', { key: '1|id|key', as: 'tencent-hunyuan' }, 'https://hunyuan.tencentcloudapi.com/'],
    ['wenxin', { key: 'a|b', model: 'ERNIE-4.0-8K' }, 'https://aip.baidubce.com/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/completions_pro'],
    ['wenxin', { key: 'a|b', model: 'Some-New' }, 'https://aip.baidubce.com/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/some-new'],
    ['wenxin', { key: 'a|b', as: 'embeddings', model: 'bge-large-zh' }, 'https://aip.baidubce.com/rpc/2.0/ai_custom/v1/wenxinworkshop/embeddings/bge_large_zh'],
    ['zhipu-v3', { model: 'chatglm_pro', stream: true }, 'https://open.bigmodel.cn/api/paas/v3/model-api/chatglm_pro/sse-invoke'],
    ['dify', { base: 'https://dify.test/v1' }, 'https://dify.test/v1/chat-messages'],
    ['coze', {}, 'https://api.coze.cn/v3/chat'],
    ['ollama', { as: 'ollama' }, 'http://localhost:11434/api/chat'],
    ['replicate', { as: 'image-generations', model: 'black-forest-labs/flux-schnell' }, 'https://api.replicate.com/v1/models/black-forest-labs/flux-schnell/predictions'],
    ['xunfei', { key: 'a|s|k', as: 'xunfei-spark', model: 'SparkDesk-v4.0' }, 'https://spark-api.xf-yun.com/v4.0/chat'],
    ['xunfei', { key: 'a|s|k', as: 'xunfei-spark', model: 'spark', extra: { other: 'v1.1' } }, 'https://spark-api.xf-yun.com/v1.1/chat'],
    ['xunfei', {}, 'https://spark-api-open.xf-yun.com/v1/chat/completions'],
    ['fastgpt', {}, 'https://fastgpt.run/api/openapi/v1/chat/completions'],
  ])('%s %j: %s', (name, to, is) => expect(upstreamAddress(named(name), callOf(named(name), to))).toMatchObject({ href: is }));
});

describe('what calls carry', () => {
  it.each<[string, To, string[]]>([
    ['alibaba', { extra: { settings: { plugin: 'p' } } }, ['authorization', 'Bearer sk-1', 'x-dashscope-plugin', 'p']],
    ['baidu', { key: 'k|app' }, ['authorization', 'Bearer k', 'appid', 'app']],
    ['baidu', { key: 'k' }, ['authorization', 'Bearer k']],
    ['ollama', { key: '' }, []],
    ['xinference', { key: 'k' }, ['authorization', 'Bearer k']],
    ['openai', { extra: { organization: 'org', settings: { openai_project: 'proj' } } }, ['authorization', 'Bearer sk-1', 'openai-organization', 'org', 'openai-project', 'proj']],
    ['azure', { key: 'k' }, ['api-key', 'k']],
    ['azure', { key: 'eyJhbGciOi' }, ['authorization', 'Bearer eyJhbGciOi']],
    ['bedrock', { as: 'bedrock-converse', key: 'k|eu-west-1' }, ['authorization', 'Bearer k']],
    ['bedrock', { as: 'bedrock-converse', key: 'a|s|eu-west-1' }, []],
    ['xunfei', { key: 'key:secret' }, ['authorization', 'Bearer key:secret']],
    ['xunfei', { key: 'app|secret|key' }, []],
    ['elevenlabs', { as: 'speech', key: 'k' }, ['xi-api-key', 'k']],
    ['openrouter', { extra: { settings: { http_referer: 'https://us.test' } } }, ['authorization', 'Bearer sk-1', 'http-referer', 'https://us.test', 'x-title', 'Weir']],
    ['volcengine', {}, ['authorization', 'Bearer sk-1']],
    ['volcengine', { key: 'app|token' }, ['authorization', 'Bearer;token']],
    ['tencent', { key: 'k' }, ['authorization', 'Bearer k']],
    ['openrouter', {}, ['authorization', 'Bearer sk-1', 'x-title', 'Weir']],
  ])('%s %j: %j', (name, to, is) => {
    const headers = upstreamHeaders(named(name), callOf(named(name), to));
    expect(headers instanceof Failure ? headers.code : headers.flat().slice(2)).toEqual(is);
  });
});

describe('what a converted request becomes', () => {
  const tool = { name: 'f', input_schema: { $schema: 's', type: 'object' } };
  const send = (name: string, model: string, members: object) => {
    const body = Buffer.from(JSON.stringify({ model: 'asked', max_tokens: 50, messages: [{ role: 'user', content: 'hi' }], ...members }));
    const facts = anthropicMessages.scan(body, { path: '/v1/messages', query: '' });
    if (facts instanceof Failure) throw new Error(facts.say);
    const converted = convertRequest({ body, dialect: anthropicMessages, facts }, { provider: named(name), to: openaiChat, able: capabilitiesOf(named(name).able, model, noExtra), model, stream: facts.stream, models: usualModelSettings, switches: usualSwitches });
    return converted instanceof Failure ? { refused: converted.details.param } : { ...JSON.parse(converted.body.toString()), warnings: converted.warnings };
  };
  const thinking = { thinking: { type: 'enabled', budget_tokens: 40 } }, off = { thinking: { type: 'disabled' } };
  const schema = { output_config: { format: { type: 'json_schema', schema: { type: 'object' } } } };
  const picture = { messages: [{ role: 'user', content: [{ type: 'image', source: { type: 'url', url: 'https://x.test/a.png' } }] }] };
  const called = { tools: [tool], messages: [
    { role: 'user', content: 'q' }, { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_01ABCDEF', name: 'f', input: {} }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_01ABCDEF', content: 'r' }] } ] };

  const cached = { system: [{ type: 'text', text: 's', cache_control: { type: 'ephemeral', ttl: '1h' } }], messages: [{ role: 'user', content: [{ type: 'text', text: 't', cache_control: { type: 'ephemeral' } }] }] };

  it.each<[string, string, object, object]>([
    ['openrouter', 'anthropic/claude', cached, { messages: [{ role: 'system', content: [{ type: 'text', text: 's', cache_control: { type: 'ephemeral', ttl: '1h' } }] }, { role: 'user', content: [{ type: 'text', text: 't', cache_control: { type: 'ephemeral' } }] }] }],
    ['openai', 'gpt-4o', cached, { messages: [{ role: 'system', content: 's' }, { role: 'user', content: 't' }] }],
    ['mistral', 'magistral-medium', thinking, { prompt_mode: 'reasoning' }],
    ['mistral', 'mistral-small-latest', off, { reasoning_effort: 'none' }],
    ['mistral', 'mistral-large', { stream: true, metadata: { user_id: 'u' } }, { stream: true }],
    ['mistral', 'mistral-large', { tools: [tool], tool_choice: { type: 'any' } }, { tool_choice: 'any' }],
    ['mistral', 'pixtral', picture, { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: 'https://x.test/a.png' }] }] }],
    ['mistral', 'mistral-large', called, { messages: [{}, { tool_calls: [{ id: expect.stringMatching(/^[A-Za-z0-9]{9}$/) }] }, { tool_call_id: expect.stringMatching(/^[A-Za-z0-9]{9}$/) }] }],
    ['alibaba', 'qwen3', { ...thinking, top_p: 1 }, { enable_thinking: true, top_p: 0.999 }],
    ['alibaba', 'qwen3', { tools: [tool], tool_choice: { type: 'any' } }, { tool_choice: { type: 'function', function: { name: 'f' } } }],
    ['alibaba', 'qwen3', { tools: [tool, { ...tool, name: 'g' }], tool_choice: { type: 'any' } }, { refused: 'tool_choice' }],
    ['xai', 'grok-4', { ...thinking, stop_sequences: ['x'] }, { model: 'grok-4' }],
    ['xai', 'grok-3-mini', off, { model: 'grok-3-mini' }],
    ['xai', 'grok-3-search', {}, { model: 'grok-3', search_parameters: { mode: 'on' } }],
    ['moonshot', 'kimi-k2.5', { ...off, temperature: 0.3, tools: [tool] }, { thinking: { type: 'disabled' }, tools: [{ function: { parameters: { type: 'object' } } }] }],
    ['moonshot', 'kimi-k2', picture, { refused: 'messages[0].content[0]' }],
    ['zhipu', 'glm-4.6', { ...thinking, stream: true, temperature: 0, tools: [tool] }, { do_sample: false, thinking: { type: 'enabled' }, tool_stream: true }],
    ['zhipu', 'glm-4.6', { tools: [tool], tool_choice: { type: 'tool', name: 'f' } }, { refused: 'tool_choice' }],
    ['alibaba', 'qwen3', thinking, { thinking_budget: 40 }],
    ['siliconflow', 'Qwen/Qwen3-8B', thinking, { enable_thinking: true, thinking_budget: 40 }],
    ['deepseek', 'deepseek-v4', { thinking: { type: 'adaptive' }, output_config: { effort: 'max' } }, { thinking: { type: 'enabled' }, reasoning_effort: 'max' }],
    ['deepseek', 'deepseek-v4', { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } }, { reasoning_effort: 'high' }],
    ['openai', 'gpt-5.1', { ...off, temperature: 0.3 }, { reasoning_effort: 'none', temperature: 0.3, warnings: [] }],
    ['openai', 'gpt-5', { ...off, temperature: 0.3 }, { reasoning_effort: 'minimal', warnings: ['dropped:temperature'] }],
    ['openai', 'gpt-4o-search-preview', { temperature: 0.3 }, { warnings: ['dropped:temperature'] }],
    ['openai', 'o1-mini', { system: 's' }, { messages: [{ role: 'user', content: 's\n\nhi' }], max_completion_tokens: 50 }],
    ['openai', 'o3-mini', { system: 's' }, { messages: [{ role: 'developer', content: 's' }, {}] }],
    ['volcengine', 'doubao', off, { thinking: { type: 'disabled' } }],
    ['minimax', 'MiniMax-M2', { temperature: 0, ...schema }, { temperature: 0.01, reasoning_split: true, warnings: ['json_schema_instruction'] }],
    ['moonshot', 'kimi-k2', { messages: [{ role: 'user', content: 'a' }, { role: 'assistant', content: 'b' }] }, { messages: [{ role: 'user' }, { role: 'assistant', content: 'b', partial: true }] }],
    ['mistral', 'mistral-large', { messages: [{ role: 'user', content: 'a' }, { role: 'assistant', content: 'b' }] }, { messages: [{ role: 'user' }, { role: 'assistant', content: 'b', prefix: true }] }],
    ['perplexity', 'sonar', { messages: [{ role: 'user', content: 'a' }, { role: 'user', content: 'b' }], top_p: 1 }, { messages: [{ role: 'user', content: 'a\n\nb' }], top_p: 0.999 }],
    ['perplexity', 'sonar', { tools: [tool] }, { refused: 'tools' }],
    ['siliconflow', 'Qwen/Qwen3-8B', off, { enable_thinking: false }],
    ['baidu', 'ernie-4.5-search', {}, { model: 'ernie-4.5', web_search: { enable: true } }],
    ['deepseek', 'deepseek-chat', schema, { response_format: { type: 'json_object' }, warnings: ['json_schema_instruction'] }],
    ['deepseek', 'deepseek-chat', called, { messages: [{}, { reasoning_content: '' }, {}] }],
    ['deepseek', 'deepseek-r1', called, { messages: [{}, { role: 'assistant' }, {}] }],
    ['openrouter', 'anthropic/claude', thinking, { usage: { include: true }, reasoning: { max_tokens: 40 } }],
    ['groq', 'qwen/qwen3-32b', off, { reasoning_effort: 'none' }],
    ['stepfun', 'step-3', {}, { reasoning_format: 'deepseek-style' }],
    ['ollama', 'llama3', { tools: [tool], tool_choice: { type: 'auto', disable_parallel_tool_use: true } }, { warnings: ['dropped:parallel_tool_calls'] }],
  ])('%s %s %j: %j', (name, model, members, is) => expect(send(name, model, members)).toMatchObject(is));

  it.each<[string, string, object, string[]]>([
    ['mistral', 'mistral-large', { stream: true, metadata: { user_id: 'u' } }, ['stream_options', 'user']],
    ['alibaba', 'qwen3', thinking, ['reasoning_effort']],
    ['xai', 'grok-4', { ...thinking, stop_sequences: ['x'] }, ['reasoning_effort', 'stop']],
    ['xai', 'grok-3-mini', off, ['reasoning_effort']],
    ['moonshot', 'kimi-k2.5', { ...off, temperature: 0.3 }, ['temperature', 'reasoning_effort']],
    ['openai', 'gpt-5', { temperature: 0.3 }, ['temperature']],
    ['openai', 'gpt-4o-mini-search-preview', { temperature: 0.3, top_p: 0.5 }, ['temperature', 'top_p']],
    ['deepseek', 'deepseek-r1', thinking, ['reasoning_effort']],
    ['zhipu', 'glm-4.6', { stream: true, temperature: 0 }, ['temperature', 'stream_options']],
    ['minimax', 'MiniMax-M2', schema, ['response_format']],
    ['groq', 'llama', thinking, ['reasoning_effort']],
  ])('%s %s %j: without %j', (name, model, members, gone) => {
    const sent: Record<string, unknown> = send(name, model, members);
    for (const member of gone) expect(sent).not.toHaveProperty(member);
  });
});

describe('what refusals mean', () => {
  it.each<[string, number, object, object]>([
    ['minimax', 200, { base_resp: { status_code: 1008, status_msg: 'insufficient balance' } }, { code: 'channel:no_available_key' }],
    ['minimax', 200, { base_resp: { status_code: 1002, status_msg: 'rate limit' } }, { status: 429, say: 'rate limit' }],
    ['minimax', 200, { base_resp: { status_code: 1026, status_msg: 'sensitive' } }, { status: 400, details: { upstreamCode: 'content_policy_violation' } }],
    ['minimax', 200, { base_resp: { status_code: 1000, status_msg: 'unknown' } }, { status: 502 }],
    ['minimax', 200, { base_resp: { status_code: 1001, status_msg: 'timeout' } }, { status: 504 }],
    ['minimax', 200, { base_resp: { status_code: 1013, status_msg: 'internal' } }, { status: 500 }],
    ['zhipu', 400, { error: { code: '1261', message: 'too long' } }, { status: 400, details: { upstreamCode: 'context_length_exceeded' } }],
    ['zhipu', 429, { error: { code: '1113', message: 'no money' } }, { code: 'channel:no_available_key' }],
    ['alibaba', 400, { code: 'Arrearage', message: 'Access denied' }, { code: 'channel:no_available_key' }],
    ['alibaba', 400, { error: { code: 'data_inspection_failed', message: 'no' } }, { details: { upstreamCode: 'content_policy_violation' } }],
    ['alibaba', 429, { code: 'Throttling.RateQuota', message: 'slow' }, { status: 429 }],
    ['volcengine', 403, { error: { code: 'AccountOverdueError', message: 'pay' } }, { code: 'channel:no_available_key' }],
    ['xai', 400, { code: 'Client specified an invalid argument', error: 'bad effort' }, { status: 400, say: 'bad effort' }],
    ['mistral', 422, { detail: [{ loc: ['body'], msg: 'field required', type: 'missing' }] }, { status: 400, say: 'field required' }],
    ['mistral', 422, { object: 'error', message: { detail: [{ msg: 'extra' }] } }, { status: 400, say: 'extra' }],
    ['siliconflow', 400, { code: 20012, message: 'Model does not exist', data: null }, { status: 400, say: 'Model does not exist' }],
    ['wenxin', 200, { error_code: 336_501, error_msg: 'too fast' }, { status: 429, say: 'too fast' }],
    ['wenxin', 200, { error_code: 17, error_msg: 'daily limit' }, { code: 'channel:no_available_key' }],
    ['tencent', 200, { Response: { Error: { Code: 'AuthFailure.SignatureFailure', Message: 'no' } } }, { code: 'channel:invalid_key' }],
    ['tencent', 200, { Response: { Error: { Code: 'InvalidParameterValue', Message: 'bad' } } }, { status: 400, say: 'bad' }],
    ['tencent', 200, { Response: { Error: { Code: 'FailedOperation.EngineServerError', Message: 'oops' } } }, { status: 502 }],
    ['tencent', 200, { Response: { Error: { Code: 'FailedOperation.ResourcePackExhausted', Message: 'pay' } } }, { code: 'channel:no_available_key' }],
    ['coze', 200, { code: 4_013, msg: 'slow' }, { status: 429, say: 'slow' }],
    ['xunfei', 200, { code: 10_013, message: 'content', sid: 's' }, { status: 400, details: { upstreamCode: 'content_policy_violation' } }],
    ['cohere', 498, { message: 'invalid api token' }, { code: 'channel:invalid_key' }],
    ['cloudflare', 400, { success: false, errors: [{ code: 5007, message: 'No such model' }] }, { status: 400, say: 'No such model' }],
  ])('%s %d %j: %j', (name, status, body, is) => {
    const one = named(name), bytes = Buffer.from(JSON.stringify(body)), usual = (one.speaks[0] ?? openaiChat).readFailure(status, bytes);
    expect(one.readFailure?.(status, bytes, usual) ?? usual).toMatchObject(is);
  });
});

it.each([
  { version: '2024-06-01', is: '{"model":"m","stream":true}' },
  { version: '2024-09-01-preview', is: '{"model":"m","stream":true,"stream_options":{"include_usage":true}}' },
  { version: '', is: '{"model":"m","stream":true,"stream_options":{"include_usage":true}}' },
])('Azure of the version "$version" reads $is', ({ version, is }) => {
  const body = Buffer.from('{"model":"m","stream":true,"stream_options":{"include_usage":true}}'), azure = named('azure');
  expect(azure.wrapBody?.(body, callOf(azure, { extra: { other: version } }), () => '', usualModelSettings).toString()).toBe(is);
});

it.each([
  { name: 'alibaba', model: 'qwq-plus', able: { streamOnly: true } }, { name: 'alibaba', model: 'qwen3-235b-a22b-thinking-2507', able: { streamOnly: true } }, { name: 'alibaba', model: 'qwen3-max', able: { streamOnly: false } },
  { name: 'minimax', model: 'MiniMax-M2', able: { grownThoughts: true, thinkTags: true } }, { name: 'groq', model: 'qwen/qwen3-32b', able: { thinkTags: true } }, { name: 'groq', model: 'openai/gpt-oss-120b', able: { thinkTags: false } },
  { name: 'stepfun', model: 'step-3', able: { videos: true, audio: true, images: 'any', documents: false } },
])('$name knows of $model: $able', ({ name, model, able }) => expect(capabilitiesOf(named(name).able, model, noExtra)).toMatchObject(able));

it.each([
  { name: 'asks for usage', as: undefined, body: '{"model":"m","messages":[]}', is: '{"usage":{"include":true},"model":"m","messages":[]}' },
  { name: 'leaves the wish of its client', as: undefined, body: '{"model":"m","usage":{"include":false}}', is: '{"model":"m","usage":{"include":false}}' },
  { name: 'asks in its own dialect only', as: 'anthropic-messages', body: '{"model":"m","max_tokens":1}', is: '{"model":"m","max_tokens":1}' },
])('a body that passes to OpenRouter $name', ({ as, body, is }) => {
  const one = named('openrouter');
  expect(one.wrapBody?.(Buffer.from(body), callOf(one, as ? { as } : {}), () => '', usualModelSettings).toString()).toBe(is);
});

it('the thinking Doubao is Doubao, thinking', () => {
  expect(named('volcengine').suffixes?.('doubao-seed-thinking', usualModelSettings)).toEqual({ model: 'doubao-seed', reasoning: { mode: 'on' } });
  expect(named('volcengine').suffixes?.('doubao-seed-thinking-250715', usualModelSettings)).toBeUndefined();
});

describe('vendors without a type', () => {
  it.each([
    { name: 'named by the channel', account: { type: 1, extra: { settings: { preset: 'groq' } } }, is: 'groq' },
    { name: 'known by the address', account: { type: 1, baseUrl: 'https://api.stepfun.com/v1', extra: noExtra }, is: 'stepfun' },
    { name: 'at another address', account: { type: 1, baseUrl: 'https://x.test', extra: noExtra }, is: 'openai' },
    { name: 'of another type', account: { type: 14, baseUrl: 'https://api.stepfun.com', extra: noExtra }, is: 'anthropic' },
    { name: 'that nobody knows', account: { type: 1, extra: { settings: { preset: 'nobody' } } }, is: 'openai' },
  ])('$name', ({ account, is }) => expect(providerAt(account)?.name).toBe(is));
});
