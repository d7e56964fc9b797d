import { describe, expect, it } from 'vitest';
import { convertBody } from '../../dialects/answer/answer-conversion.ts';
import { anthropicMessages } from '../../dialects/anthropic-messages/dialect.ts';
import type { Json, JsonObject } from '../../dialects/chat-event.ts';
import { list, member, parseJson } from '../../dialects/json-member.ts';
import { openaiChat } from '../../dialects/openai-chat/dialect.ts';
import { Failure } from '../../failure/failure.ts';
import { usualModelSettings } from '../../models/model-settings.ts';
import { minimax } from '../minimax.ts';
import { openrouter } from '../openrouter.ts';
import type { Provider } from '../provider.ts';

const details: JsonObject[] = [
  { type: 'reasoning.text', text: 'First. ', signature: 'S1', format: 'anthropic-claude-v1', index: 0 }, { type: 'reasoning.encrypted', data: 'D', id: 'call_1', format: 'google-gemini-v1', index: 1 },
];

/** What a client of anthropic-messages is told, and says again. */
function told(thoughts: JsonObject[]): Json[] {
  const calls = [{ id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } }];
  const body = { id: 'gen-1', model: 'anthropic/claude', choices: [{ index: 0, finish_reason: 'tool_calls', message: { role: 'assistant', content: 'Hi', reasoning_details: thoughts, tool_calls: calls } }] };
  const sent = convertBody(Buffer.from(JSON.stringify(body)), { from: openaiChat, to: anthropicMessages, reading: {}, writing: { requestId: 'r', model: 'm', streamUsage: true } });
  return sent instanceof Failure ? [] : list(member(parseJson(sent), 'content'));
}

/** The answer as the provider gets it back. */
function returned(provider: Provider, content: Json[], model: string): Json | undefined {
  const body = { model, max_tokens: 9, messages: [{ role: 'user', content: 'x' }, { role: 'assistant', content }, { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_1', content: 'o' }] }] };
  const request = anthropicMessages.readRequest(body), written = request instanceof Failure ? request : openaiChat.writeRequest(request);
  if (written instanceof Failure || request instanceof Failure) return undefined;
  const sent = provider.writeRequest?.(written, request, openaiChat, usualModelSettings);
  return sent instanceof Failure ? undefined : list(sent?.['messages'])[1];
}

describe('thoughts as details', () => {
  it('go back to their maker as they came', () => {
    expect(returned(openrouter, told(details), 'anthropic/claude-2')).toMatchObject({ role: 'assistant', content: 'Hi', reasoning_details: details });
  });

  it('go to nobody else', () => {
    expect(returned(openrouter, told(details), 'google/gemini')).toMatchObject({ content: 'Hi' });
    expect(returned(openrouter, told(details), 'google/gemini')).not.toHaveProperty('reasoning_details');
    expect(JSON.stringify(told(details))).not.toContain('"S1"');
  });

  it('go back in words where nothing is signed', () => {
    const content = told([{ type: 'reasoning.text', text: 'First.' }]);
    expect(returned(minimax, content, 'MiniMax-M2')).toMatchObject({ reasoning_details: [{ type: 'reasoning.text', index: 0, text: 'First.' }] });
    expect(returned(minimax, content, 'abab')).not.toHaveProperty('reasoning_details');
  });
});
