/** What each relative of Chat Completions is asked, and what its answers mean, whole and streamed. */
import { describe, expect, it } from 'vitest';
import { Failure } from '../../failure/failure.ts';
import { MetaLines } from '../../framing/meta-lines.ts';
import { singleBytes } from '../../framing/cut-bytes.ts';
import { SseReader } from '../../framing/sse-reader.ts';
import type { ChatEvent, Json } from '../chat-event.ts';
import type { Codec } from '../dialect.ts';
import { openaiChat } from '../openai-chat/dialect.ts';
import { wholeAnswer } from '../answer/whole-answer.ts';
import { cozeChat } from './coze.ts';
import { difyChat, difyWorkflow } from './dify.ts';
import { hunyuanChat } from './hunyuan.ts';
import { ollamaChat } from './ollama.ts';
import { wenxinChat } from './wenxin.ts';
import { zhipuV3Chat } from './zhipu-v3.ts';

const codecs: Record<string, Codec> = { hunyuan: hunyuanChat, wenxin: wenxinChat, zhipu: zhipuV3Chat, dify: difyChat, workflow: difyWorkflow, coze: cozeChat, ollama: ollamaChat };
const codec = (name: string): Codec => {
  const found = codecs[name];
  if (!found) throw new Error(name);
  return found;
};

function asked(name: string, members: object): Json {
  const request = openaiChat.readRequest({ model: 'm', messages: [{ role: 'system', content: 's' }, { role: 'user', content: 'q' }], ...members } as Json);
  if (request instanceof Failure) throw new Error(request.say);
  const written = codec(name).writeRequest({ ...request, system: request.system }, {});
  return written instanceof Failure ? { refused: written.details.param ?? '' } : written;
}

const tools = [{ type: 'function', function: { name: 'f', parameters: { type: 'object' } } }];
const called = { messages: [
  { role: 'user', content: [{ type: 'text', text: 'q' }, { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }] },
  { role: 'assistant', content: null, tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }] }, { role: 'tool', tool_call_id: 'c', content: 'r' } ] };
const turns = { messages: [{ role: 'assistant', content: 'hi' }, { role: 'user', content: 'a' }, { role: 'user', content: 'b' }, { role: 'assistant', content: 'c' }, { role: 'user', content: 'd' }] };

describe('requests', () => {
  it.each<[string, object, object]>([
    ['hunyuan', { stream: true, temperature: 0.5, tools, tool_choice: { type: 'function', function: { name: 'f' } } }, {
      Model: 'm', Stream: true, Temperature: 0.5, Messages: [{ Role: 'system', Content: 's' }, { Role: 'user', Content: 'q' }], ToolChoice: 'custom',
      Tools: [{ Type: 'function', Function: { Name: 'f', Parameters: '{"type":"object"}' } }], CustomTool: { Function: { Name: 'f' } } }],
    ['hunyuan', called, { Messages: [
      { Contents: [{ Type: 'text', Text: 'q' }, { Type: 'image_url', ImageUrl: { Url: 'data:image/png;base64,AA==' } }] },
      { Role: 'assistant', ToolCalls: [{ Id: 'c', Type: 'function', Function: { Name: 'f', Arguments: '{"a":1}' } }] }, { Role: 'tool', ToolCallId: 'c', Content: 'r' } ] }],
    ['wenxin', { temperature: 2, max_tokens: 1, frequency_penalty: 1.5, stream: true }, { system: 's', messages: [{ role: 'user', content: 'q' }], temperature: 1, max_output_tokens: 2, penalty_score: 1.5, stream: true }],
    ['wenxin', turns, { messages: [{ role: 'user', content: 'a\n\nb' }, { role: 'assistant', content: 'c' }, { role: 'user', content: 'd' }] }],
    ['zhipu', {}, { prompt: [{ role: 'user', content: 's' }, { role: 'assistant', content: 'Okay.' }, { role: 'user', content: 'q' }], incremental: true }],
    ['dify', { stream: true, user: 'u' }, { inputs: {}, query: 'SYSTEM:\ns\n\nUSER:\nq', response_mode: 'streaming', user: 'u', auto_generate_name: false }],
    ['dify', { messages: [{ role: 'user', content: [{ type: 'text', text: 'q' }, { type: 'image_url', image_url: { url: 'https://x.test/a.png' } }] }] }, { query: 'q', response_mode: 'blocking', files: [{ type: 'image', transfer_method: 'remote_url', url: 'https://x.test/a.png' }] }],
    ['dify', called, { files: [{ type: 'image', transfer_method: 'local_file', upload_file_id: 'data:image/png;base64,AA==' }] }],
    ['workflow', {}, { inputs: { query: 'SYSTEM:\ns\n\nUSER:\nq' } }],
    ['coze', {}, { stream: true, auto_save_history: false, additional_messages: [{ role: 'user', type: 'question', content: 's\n\nq', content_type: 'text' }] }],
    ['ollama', { max_tokens: 9, temperature: 0, stop: 'x', reasoning_effort: 'high', response_format: { type: 'json_object' }, num_ctx: 4_096 }, { model: 'm', stream: false, think: 'high', format: 'json', options: { num_predict: 9, temperature: 0, stop: ['x'], num_ctx: 4_096 } }],
    ['ollama', called, { messages: [{ role: 'user', content: 'q', images: ['AA=='] }, { role: 'assistant', tool_calls: [{ function: { name: 'f', arguments: { a: 1 } } }] }, { role: 'tool', content: 'r' }] }],
  ])('%s %j: %j', (name, members, is) => expect(asked(name, members)).toMatchObject(is));
});

const usage = { input: 3, output: 2 };

function meaning(events: readonly ChatEvent[]): object {
  const { parts, tokens, finish } = wholeAnswer(events), failure = events.find((event) => event.type === 'answer-failure');
  const join = (kind: 'text' | 'reasoning') => parts.flatMap((part) => (part.kind === kind ? [part.text] : [])).join('');
  const calls = parts.flatMap((part) => (part.kind === 'tool-call' ? [`${part.name} ${part.arguments}`] : []));
  return failure ? { failure: failure.message } : { text: join('text'), reasoning: join('reasoning'), calls, finish: finish.reason, input: tokens.input, output: tokens.output };
}

const lines = (...events: object[]): string => events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
const event = (name: string, data: object | string): string => `event: ${name}\ndata: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;

describe('streams', () => {
  const text = { text: 'Hello', reasoning: '', calls: [], finish: 'stop', ...usage };
  it.each<[string, string, object]>([
    ['hunyuan', lines({ Choices: [{ FinishReason: '', Delta: { Role: 'assistant', Content: 'Hel' } }], Usage: { PromptTokens: 3, CompletionTokens: 1, TotalTokens: 4 } },
      { Choices: [{ FinishReason: 'stop', Delta: { Content: 'lo' } }], Usage: { PromptTokens: 3, CompletionTokens: 2, TotalTokens: 5 } }), text],
    ['hunyuan', lines({ Choices: [{ FinishReason: 'tool_calls', Delta: { ToolCalls: [{ Id: 'c', Type: 'function', Index: 0, Function: { Name: 'f', Arguments: '{}' } }] } }] }), { calls: ['f {}'], finish: 'tool_calls' }],
    ['hunyuan', lines({ Choices: [{ FinishReason: 'sensitive', Delta: { Content: '' } }] }), { finish: 'content_filter' }],
    ['hunyuan', lines({ Response: { Error: { Code: 'LimitExceeded', Message: 'slow down' } } }), { failure: 'slow down' }],
    ['wenxin', lines({ id: 'a', result: 'Hel', is_end: false }, { id: 'a', result: 'lo', is_end: true, usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } }), text],
    ['wenxin', lines({ result: 'Hello', is_end: true, is_truncated: true }), { finish: 'length' }],
    ['wenxin', lines({ error_code: 336_501, error_msg: 'too fast' }), { failure: 'too fast' }],
    ['zhipu', `${event('add', 'Hel')}${event('add', 'lo')}event: finish\nid: 1\ndata: \nmeta: {"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}\n\n`, text],
    ['zhipu', event('error', 'broken'), { failure: 'broken' }],
    ['dify', lines({ event: 'message', answer: 'Hel', message_id: 'm' }, { event: 'agent_message', answer: 'lo' }, { event: 'ping' }, { event: 'message_end', metadata: { usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } } }), text],
    ['dify', lines({ event: 'error', status: 400, code: 'invalid_param', message: 'no' }), { failure: 'no' }],
    ['workflow', lines({ event: 'workflow_started' }, { event: 'text_chunk', data: { text: 'Hello' } }, { event: 'workflow_finished', data: { status: 'succeeded', outputs: { text: 'Hello' }, total_tokens: 2 } }), { ...text, input: 0 }],
    ['workflow', lines({ event: 'workflow_finished', data: { status: 'succeeded', outputs: { answer: 'Hello' }, total_tokens: 2 } }), { ...text, input: 0 }],
    ['coze', event('conversation.chat.created', { id: '1' }) + event('conversation.message.delta', { type: 'answer', reasoning_content: 'hm', content: '' }) + event('conversation.message.delta', { type: 'answer', content: 'Hello' })
      + event('conversation.message.completed', { type: 'answer', content: 'Hello' }) + event('conversation.chat.completed', { usage: { input_count: 3, output_count: 2, token_count: 5 } }) + event('done', '"[DONE]"'), { ...text, reasoning: 'hm' }],
    ['coze', event('conversation.chat.failed', { last_error: { code: 4_028, msg: 'no quota' } }), { failure: 'no quota' }],
    ['ollama', lines({ message: { role: 'assistant', content: '', thinking: 'hm' }, done: false }, { message: { content: 'Hello' }, done: false }, { message: { content: '' }, done: true, done_reason: 'stop', prompt_eval_count: 3, eval_count: 2 }), { ...text, reasoning: 'hm' }],
    ['ollama', lines({ message: { content: '', tool_calls: [{ function: { name: 'f', arguments: { a: 1 } } }, { function: { name: 'g', arguments: {} } }] }, done: false }, { done: true, done_reason: 'stop' }), { calls: ['f {"a":1}', 'g {}'], finish: 'tool_calls' }],
    ['ollama', lines({ error: 'no such model' }), { failure: 'no such model' }],
  ])('%s %j: %j', (name, bytes, is) => {
    for (const pieces of [[Buffer.from(bytes)], singleBytes(Buffer.from(bytes))]) {
      const unframe = codec(name).unframe?.(), framing = new SseReader(), reader = codec(name).newReader(), watch = codec(name).watch({ stream: true });
      const plain = unframe ? [...pieces.map((piece) => unframe.push(piece)), unframe.end()].flatMap((some) => (some instanceof Failure ? [] : some)) : pieces;
      for (const piece of plain) watch.see(piece);
      const frames = plain.flatMap((piece) => { const some = framing.push(piece); return some instanceof Failure ? [] : some; });
      const events = [...frames.flatMap((frame) => reader.read(frame)), ...reader.end()];
      expect(meaning(events)).toMatchObject(is);
      expect(watch.report().failure === undefined).toBe(!('failure' in is));
    }
  });

  it('that break off are told so', () => {
    const reader = wenxinChat.newReader();
    expect(meaning([...reader.read({ event: undefined, data: '{"result":"Hel","is_end":false}' }), ...reader.end()])).toMatchObject({ failure: 'The answer broke off.' });
  });
});

describe('whole answers', () => {
  it.each<[string, Json, object]>([
    ['hunyuan', { Response: { Id: 'i', Choices: [{ FinishReason: 'stop', Message: { Role: 'assistant', Content: 'Hello', ReasoningContent: 'hm' } }], Usage: { PromptTokens: 3, CompletionTokens: 2, TotalTokens: 5 } } }, { text: 'Hello', reasoning: 'hm', ...usage }],
    ['wenxin', { id: 'a', result: 'Hello', need_clear_history: true, usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } }, { text: 'Hello', finish: 'content_filter', ...usage }],
    ['zhipu', { code: 200, success: true, data: { task_id: 't', choices: [{ role: 'assistant', content: '"Hello"' }], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } } }, { text: 'Hello', ...usage }],
    ['dify', { answer: 'Hello', message_id: 'm', metadata: { usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } } }, { text: 'Hello', ...usage }],
    ['workflow', { workflow_run_id: 'w', data: { outputs: { a: 'x', b: 1 }, total_tokens: 2 } }, { text: '{"a":"x","b":1}', output: 2 }],
    ['ollama', { message: { role: 'assistant', content: 'Hello' }, done: true, done_reason: 'length', prompt_eval_count: 3, eval_count: 2 }, { text: 'Hello', finish: 'length', ...usage }],
  ])('%s %j: %j', (name, body, is) => {
    const events = codec(name).readAnswer(body);
    expect(events instanceof Failure ? events.details.note : meaning(events)).toMatchObject(is);
  });

  it.each(Object.keys(codecs))('of %s that are none are refused', (name) => expect(codec(name).readAnswer({ error_code: 1 })).toBeInstanceOf(Failure));
});

it('lines of figures become data however they are cut', () => {
  const bytes = Buffer.from('event: finish\ndata: x\nmeta: {"a":1}\n\nmetal: no\n');
  for (const pieces of [[bytes], singleBytes(bytes)]) {
    const lines = new MetaLines();
    const out = [...pieces.map((piece) => lines.push(piece)), lines.end()].flatMap((some) => (some instanceof Failure ? [] : some));
    expect(Buffer.concat(out).toString()).toBe('event: finish\ndata: x\ndata: {"a":1}\n\nmetal: no\n');
  }
});
