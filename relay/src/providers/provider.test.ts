import { usualSwitches } from './parts/switches.ts';
import { usualModelSettings } from '../models/model-settings.ts';
import { describe, expect, it } from 'vitest';
import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { Failure } from '../failure/failure.ts';
import { anthropic } from './anthropic.ts';
import { deepseek } from './deepseek.ts';
import { providers } from './index.gen.ts';
import { openai } from './openai.ts';
import { announcedProviders, providerOf } from './provider-list.ts';
import { bearer, provider, type Call, type Provider } from './provider.ts';
import { convertRequest, type Destination } from './parts/request-conversion.ts';
import { capabilitiesOf } from './parts/capabilities.ts';
import { readCredential } from './parts/credential-form.ts';
import { noExtra } from '../snapshot/channel-extra.ts';
import { baseOf, upstreamAddress } from './parts/upstream-address.ts';
import { upstreamHeaders } from './parts/upstream-headers.ts';

describe('the list of providers', () => {
  it('has each name and type once', () => {
    const typed = providers.filter((each: Provider) => !each.preset);
    expect(new Set(typed.map((each) => each.type)).size).toBe(typed.length);
    expect(new Set(providers.map((each) => each.name)).size).toBe(providers.length);
  });

  it('is announced as data', () => {
    expect(announcedProviders()).toContainEqual({
      name: 'deepseek', label: 'DeepSeek', type: 43, baseUrl: 'https://api.deepseek.com', dialects: ['openai-chat', 'anthropic-messages'],
      credential: [{ name: 'apiKey', kind: 'secret' }], suggestedModels: ['deepseek-chat', 'deepseek-reasoner'],
    });
    expect(providerOf(14)).toBe(anthropic);
    expect(providerOf(9999)).toBeUndefined();
  });
});

const callTo = (one: Provider, dialect: Dialect, base: string | null): Call => ({ dialect, model: 'm', stream: false, credential: {}, extra: noExtra, base: baseOf(one, base) });

describe('upstreamAddress', () => {
  it.each([
    { name: 'the default of the provider', provider: openai, dialect: openaiChat, base: null, is: 'https://api.openai.com/v1/chat/completions' },
    { name: 'blank as the default', provider: openai, dialect: openaiChat, base: '  ', is: 'https://api.openai.com/v1/chat/completions' },
    { name: 'a slash at the end', provider: openai, dialect: openaiChat, base: 'http://x.test:81/', is: 'http://x.test:81/v1/chat/completions' },
    { name: 'a version that is already there', provider: openai, dialect: openaiChat, base: 'https://x.test/v1', is: 'https://x.test/v1/chat/completions' },
    { name: 'a version and a slash', provider: anthropic, dialect: anthropicMessages, base: 'https://x.test/api/v1/', is: 'https://x.test/api/v1/messages' },
    { name: 'another version', provider: openai, dialect: openaiChat, base: 'https://x.test/v4', is: 'https://x.test/v4/v1/chat/completions' },
    { name: 'an exact address', provider: openai, dialect: openaiChat, base: 'https://x.test/chat?a=b#', is: 'https://x.test/chat?a=b' },
    { name: 'the path of a provider', provider: deepseek, dialect: anthropicMessages, base: null, is: 'https://api.deepseek.com/anthropic/v1/messages' },
  ])('takes $name', ({ provider: one, dialect, base, is }) => expect(upstreamAddress(one, callTo(one, dialect, base))).toMatchObject({ href: is }));

  it.each(['not an address', 'ftp://x.test', 'file:///etc/passwd'])('refuses %s', (base) => {
    expect(upstreamAddress(openai, callTo(openai, openaiChat, base))).toBeInstanceOf(Failure);
  });
});

describe('upstreamHeaders', () => {
  const headersOf = (one: Provider, dialect: Dialect, secret: string, client?: (name: string) => string) =>
    upstreamHeaders(one, { dialect, credential: readCredential(one, secret) ?? {}, extra: noExtra }, client);

  it('carries the credential as the provider wants it', () => {
    expect(headersOf(openai, openaiChat, ' sk-1\n')).toEqual([['content-type', 'application/json'], ['authorization', 'Bearer sk-1']]);
    expect(headersOf(anthropic, anthropicMessages, 'sk-2')).toEqual([['content-type', 'application/json'], ['anthropic-version', '2023-06-01'], ['x-api-key', 'sk-2']]);
  });

  it('passes the headers of the dialect, and no other and no broken one', () => {
    const sent: Record<string, string> = { 'anthropic-version': '2024-01-01', 'anthropic-beta': 'a\r\nx: y', cookie: 'c', 'idempotency-key': 'k' };
    expect(headersOf(anthropic, anthropicMessages, 'sk', (name) => sent[name] ?? '')).toEqual([
      ['content-type', 'application/json'], ['anthropic-version', '2024-01-01'], ['idempotency-key', 'k'], ['x-api-key', 'sk'],
    ]);
  });

  it('takes several fields as JSON', () => {
    const two = provider({ ...openai, name: 'two', credential: { apiKey: 'secret', team: 'text' }, authorize: (credential) => [...bearer('apiKey')(credential), ['team', credential['team'] ?? '']] });
    expect(headersOf(two, openaiChat, '{"apiKey":"k","team":"t"}')).toContainEqual(['team', 't']);
    expect(readCredential(two, '{"apiKey":"k"}')).toBeUndefined();
  });

  it.each(['', 'a\r\nb: c', 'ключ'])('refuses a credential that is no header: %j', (secret) => {
    expect(headersOf(openai, openaiChat, secret)).toMatchObject({ code: 'channel:invalid_key' });
  });
});

const to = (one: Provider, model: string): Destination => ({ provider: one, to: openaiChat, able: capabilitiesOf(one.able, model, noExtra), model, stream: false, models: usualModelSettings, switches: usualSwitches });

describe('convertRequest', () => {
  const messages = [{ role: 'user', content: 'hi' }];
  const ask = (members: object) => Buffer.from(JSON.stringify({ model: 'asked', max_tokens: 50, messages, ...members }));
  const asked = (body: Buffer) => {
    const facts = anthropicMessages.scan(body);
    if (facts instanceof Failure) throw new Error(facts.say);
    return { body, facts, dialect: anthropicMessages };
  };
  const sent = (one: Provider, members: object, model: string) => {
    const converted = convertRequest(asked(ask(members)), to(one, model));
    if (converted instanceof Failure) throw new Error(converted.say);
    return { ...converted, wire: JSON.parse(converted.body.toString()) };
  };

  it('speaks to reasoning models of OpenAI as they want it', () => {
    const { wire, request } = sent(openai, { temperature: 0.5, system: 's', thinking: { type: 'disabled' } }, 'gpt-5-mini');
    expect(wire).toEqual({ model: 'gpt-5-mini', messages: [{ role: 'developer', content: 's' }, ...messages], max_completion_tokens: 50, reasoning_effort: 'minimal' });
    expect(request.model).toBe('asked');
  });

  it('asks other models of OpenAI for no effort', () => {
    expect(sent(openai, { temperature: 0.5, thinking: { type: 'enabled', budget_tokens: 40 } }, 'gpt-4o').wire).toEqual({ model: 'gpt-4o', messages, max_completion_tokens: 50, temperature: 0.5 });
  });

  it('gives DeepSeek its thoughts back', () => {
    const history = [
      ...messages, { role: 'assistant', content: [{ type: 'thinking', thinking: 'hm', signature: '' }, { type: 'tool_use', id: 'a', name: 'f', input: {} }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: '1' }] },
    ];
    const format = { format: { type: 'json_schema', schema: { type: 'object' } } };
    const { wire } = sent(deepseek, { messages: history, thinking: { type: 'enabled', budget_tokens: 40 }, output_config: format }, 'deepseek-chat');
    expect(wire.messages[2]).toMatchObject({ role: 'assistant', reasoning_content: 'hm' });
    expect(wire.messages[0].content).toContain('{"type":"object"}');
    expect(wire).toMatchObject({ thinking: { type: 'enabled' }, response_format: { type: 'json_object' }, max_tokens: 50 });
    expect(wire).toMatchObject({ reasoning_effort: 'high' });
  });

  it('shortens names of tools and remembers them', () => {
    const name = 'a'.repeat(100);
    const { wire, toolNames } = sent(openai, { tools: [{ name }], tool_choice: { type: 'tool', name } }, 'gpt-4o');
    const short = wire.tools[0].function.name;
    expect(short).toMatch(/^a{55}_[0-9a-f]{8}$/);
    expect(wire.tool_choice.function.name).toBe(short);
    expect(toolNames.get(short)).toBe(name);
  });

  it('keeps the spelling of long numbers', () => {
    const body = Buffer.from('{"model":"m","max_tokens":5,"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"a","name":"f","input":{"n":12345678901234567890}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"a"}]}]}');
    const converted = convertRequest(asked(body), to(deepseek, 'm'));
    expect(converted instanceof Failure ? '' : converted.body.toString()).toContain('{\\"n\\":12345678901234567890}');
  });
});
