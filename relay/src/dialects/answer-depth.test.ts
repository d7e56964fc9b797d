/** Several answers, log probabilities, citations, pictures and sound, from and to every dialect that knows them (dialects 6.6, 6.11). */
import { describe, expect, it } from 'vitest';
import { Failure } from '../failure/failure.ts';
import { writeSse } from '../framing/sse-writer.ts';
import { convertBody, StreamConversion } from './answer/answer-conversion.ts';
import { anthropicMessages } from './anthropic-messages/dialect.ts';
import type { Json, JsonObject } from './chat-event.ts';
import type { Dialect, WriterOptions } from './dialect.ts';
import { gemini } from './gemini/dialect.ts';
import { text } from './json-member.ts';
import { openaiChat } from './openai-chat/dialect.ts';
import { openaiResponses } from './openai-responses/dialect.ts';

const writing: WriterOptions = { requestId: 'r', model: 'm', streamUsage: false, createdAt: 7 };

function stream(from: Dialect, to: Dialect, events: (JsonObject | '[DONE]')[], options: Partial<WriterOptions> = {}): Json[] {
  const conversion = new StreamConversion({ from, to, reading: {}, writing: { ...writing, ...options } });
  const bytes = events.map((data) => writeSse({ event: data === '[DONE]' ? undefined : text(data['type']), data: data === '[DONE]' ? data : JSON.stringify(data) })).join('');
  const first = conversion.push(Buffer.from(bytes));
  if (first instanceof Failure) throw new Error(first.say);
  return [...first, ...conversion.end()].join('').split(/\r?\n/).filter((line) => line.startsWith('data: ') && line !== 'data: [DONE]').map((line): Json => JSON.parse(line.slice(6)));
}

function whole(from: Dialect, to: Dialect, body: JsonObject, options: Partial<WriterOptions> = {}): Json {
  const sent = convertBody(Buffer.from(JSON.stringify(body)), { from, to, reading: {}, writing: { ...writing, ...options } });
  if (sent instanceof Failure) throw new Error(sent.details.note);
  return JSON.parse(sent);
}

const chunk = (choices: Json[]): JsonObject => ({ id: 'x', choices });
const token = (name: string, logprob: number): JsonObject => ({ token: name, logprob, bytes: null });

describe('several answers', () => {
  const chunks = [
    chunk([{ index: 0, delta: { role: 'assistant', content: 'a' } }]), chunk([{ index: 1, delta: { content: 'b' } }]), chunk([{ index: 0, delta: { content: 'A' } }]),
    chunk([{ index: 1, delta: { tool_calls: [{ index: 0, id: 't', function: { name: 'f', arguments: '{}' } }] } }]), chunk([{ index: 1, delta: {}, finish_reason: 'tool_calls' }]), chunk([{ index: 0, delta: {}, finish_reason: 'length' }]),
  ];

  it('keep apart on their way to gemini', () => {
    const sent = stream(openaiChat, gemini, [...chunks, '[DONE]']);
    expect(sent).toMatchObject([
      { candidates: [{ index: 0, content: { parts: [{ text: 'a' }] } }] }, { candidates: [{ index: 1, content: { parts: [{ text: 'b' }] } }] }, { candidates: [{ index: 0, content: { parts: [{ text: 'A' }] } }] },
      { candidates: [{ index: 1, content: { parts: [{ functionCall: { id: 't', name: 'f' } }] } }] }, { candidates: [{ index: 0, finishReason: 'MAX_TOKENS' }] }, { candidates: [{ index: 1, finishReason: 'STOP' }], usageMetadata: {} },
    ]);
  });

  it('come from gemini with a role, a numbering of tools and a finish each', () => {
    const candidate = (index: number, part: JsonObject, finishReason?: string): JsonObject => ({ candidates: [{ index, content: { parts: [part] }, ...(finishReason ? { finishReason } : {}) }], responseId: 'x' });
    const sent = stream(gemini, openaiChat, [candidate(1, { functionCall: { id: 'B', name: 'f' } }), candidate(0, { functionCall: { id: 'A', name: 'f' } }, 'STOP'), candidate(1, { text: '' }, 'MAX_TOKENS')], { answers: 2 });
    const seen = sent.map((each) => JSON.stringify(each));
    expect(sent.slice(0, 2)).toMatchObject([{ choices: [{ index: 0, delta: { role: 'assistant' } }] }, { choices: [{ index: 1, delta: { role: 'assistant' } }] }]);
    expect(seen.filter((each) => each.includes('"tool_calls":[{"index":0,"id"'))).toHaveLength(2);
    expect(sent.slice(-2)).toMatchObject([{ choices: [{ index: 1, finish_reason: 'length' }] }, { choices: [{ index: 0, finish_reason: 'tool_calls' }] }]);
  });

  it('are choices and candidates of a whole answer', () => {
    const body = { id: 'x', choices: [{ index: 0, message: { content: 'a' }, finish_reason: 'stop' }, { index: 1, message: { content: 'b' }, finish_reason: 'length' }] };
    const candidates = whole(openaiChat, gemini, body);
    expect(candidates).toMatchObject({ candidates: [{ index: 0, content: { parts: [{ text: 'a' }] }, finishReason: 'STOP' }, { index: 1, content: { parts: [{ text: 'b' }] }, finishReason: 'MAX_TOKENS' }] });
    expect(whole(gemini, openaiChat, { candidates: [{ content: { parts: [{ text: 'a' }] }, finishReason: 'STOP' }, { index: 1, content: { parts: [{ text: 'b' }] }, finishReason: 'STOP' }] }))
      .toMatchObject({ choices: [{ index: 0, message: { content: 'a' } }, { index: 1, message: { content: 'b' } }] });
  });
});

describe('log probabilities', () => {
  const tokens = [{ ...token('Hi', -0.5), top_logprobs: [token('Hi', -0.5), token('Yo', -1)] }];

  it('travel with the text that they describe', () => {
    const chunks = [chunk([{ index: 0, delta: { content: 'Hi' }, logprobs: { content: tokens } }]), chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]), '[DONE]' as const];
    expect(stream(openaiChat, gemini, chunks)[0]).toMatchObject({ candidates: [{ avgLogprobs: -0.5, logprobsResult: { chosenCandidates: [{ token: 'Hi', logProbability: -0.5 }], topCandidates: [{ candidates: [{ token: 'Hi' }, { token: 'Yo' }] }], logProbabilitySum: -0.5 } }] });
    const events = stream(openaiChat, openaiResponses, chunks);
    expect(events.filter((event) => JSON.stringify(event).includes('"Yo"')).map((event) => text((event as JsonObject)['type']))).toEqual(['response.output_text.delta', 'response.output_text.done', 'response.content_part.done', 'response.output_item.done', 'response.completed']);
  });

  it('come from gemini and from openai-responses', () => {
    const chosen = { content: { parts: [{ text: 'Hi' }] }, finishReason: 'STOP', logprobsResult: { chosenCandidates: [{ token: 'Hi', tokenId: 5, logProbability: -0.5 }], topCandidates: [{ candidates: [{ token: 'Yo', logProbability: -1 }] }] } };
    expect(whole(gemini, openaiChat, { candidates: [chosen] })).toMatchObject({ choices: [{ logprobs: { content: [{ token: 'Hi', logprob: -0.5, bytes: null, top_logprobs: [{ token: 'Yo', logprob: -1 }] }] } }] });
    const output = [{ type: 'message', content: [{ type: 'output_text', text: 'Hi', annotations: [], logprobs: tokens }] }];
    expect(whole(openaiResponses, openaiChat, { id: 'resp_1', status: 'completed', output })).toMatchObject({ choices: [{ logprobs: { content: tokens } }] });
  });
});

describe('citations', () => {
  const place = { type: 'web_search_result_location', url: 'https://x.test', title: 'X', encrypted_index: 'e', cited_text: 'quote' };
  const blocks: JsonObject[] = [{ type: 'text', text: 'Ä🙂 ' }, { type: 'text', text: 'is so', citations: [place] }, { type: 'text', text: '.' }];
  const message = { id: 'msg_1', content: blocks, stop_reason: 'end_turn', usage: {} };
  const cited = { url: 'https://x.test', title: 'X', start_index: 3, end_index: 8 };

  it('of a block get its range in the joined text', () => {
    expect(whole(anthropicMessages, openaiChat, message)).toMatchObject({ choices: [{ message: { content: 'Ä🙂 is so.', annotations: [{ type: 'url_citation', url_citation: cited }] } }] });
    expect(whole(anthropicMessages, openaiResponses, message)).toMatchObject({ output: [{ content: [{ text: 'Ä🙂 is so.', annotations: [{ type: 'url_citation', ...cited }] }] }] });
    expect(whole(anthropicMessages, gemini, message)).toMatchObject({ candidates: [{ content: { parts: [{ text: 'Ä🙂 is so.' }] }, groundingMetadata: { groundingChunks: [{ web: { uri: 'https://x.test', title: 'X' } }], groundingSupports: [{ segment: { startIndex: 7, endIndex: 12, text: 'is so' }, groundingChunkIndices: [0] }] } }] });
  });

  it('are streamed where each dialect has them', () => {
    const events: JsonObject[] = [
      { type: 'message_start', message: { id: 'msg_1', content: [], usage: {} } }, { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'citations_delta', citation: place } }, { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'so' } },
      { type: 'content_block_stop', index: 0 }, { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: {} }, { type: 'message_stop' },
    ];
    expect(stream(anthropicMessages, openaiChat, events)[2]).toMatchObject({ choices: [{ delta: { annotations: [{ url_citation: { start_index: 0, end_index: 2 } }] } }] });
    const types = stream(anthropicMessages, openaiResponses, events).map((event) => text((event as JsonObject)['type']) ?? '');
    expect(types.indexOf('response.output_text.annotation.added')).toBe(types.indexOf('response.output_text.done') - 1);
    expect(stream(anthropicMessages, gemini, events).at(-1)).toMatchObject({ candidates: [{ groundingMetadata: { groundingChunks: [{}] } }] });
  });

  const grounded = {
    candidates: [{
      content: { parts: [{ text: 'Ä🙂 is so.' }] }, finishReason: 'STOP',
      groundingMetadata: { groundingChunks: [{ web: { uri: 'https://x.test', title: 'X' } }], groundingSupports: [{ segment: { startIndex: 7, endIndex: 12, text: 'is so' }, groundingChunkIndices: [0, 9] }] },
    }],
  };

  it('of gemini count bytes, and others code points', () => {
    expect(whole(gemini, openaiChat, grounded)).toMatchObject({ choices: [{ message: { annotations: [{ type: 'url_citation', url_citation: cited }] } }] });
  });

  it('reach a client of anthropic-messages only when it gave a search', () => {
    expect(whole(gemini, anthropicMessages, grounded, { webSearch: true })).toMatchObject({ content: [{ type: 'text', citations: [{ type: 'web_search_result_location', url: 'https://x.test', encrypted_index: '', cited_text: 'is so' }] }] });
    expect(JSON.stringify(whole(gemini, anthropicMessages, grounded))).not.toContain('citations');
  });

  it('without places are told once for the whole answer', () => {
    const chunks = [{ ...chunk([{ index: 0, delta: { content: 'so' } }]), citations: ['https://x.test'] }, chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]), '[DONE]' as const];
    expect(JSON.stringify(stream(openaiChat, openaiResponses, chunks))).toContain('"annotation":{"type":"url_citation","url":"https://x.test","title":"","start_index":0,"end_index":0}');
  });

  it('of a responses stream are told once, though they come twice', () => {
    const annotation = { type: 'url_citation', url: 'https://x.test', title: 'X', start_index: 0, end_index: 2 };
    const item = { id: 'msg_1', type: 'message', content: [{ type: 'output_text', text: 'so', annotations: [annotation] }] };
    const sent = stream(openaiResponses, openaiChat, [
      { type: 'response.created', response: { id: 'resp_1' } }, { type: 'response.output_item.added', output_index: 0, item: { ...item, content: [] } },
      { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: 'so' }, { type: 'response.output_text.annotation.added', output_index: 0, content_index: 0, annotation },
      { type: 'response.output_item.done', output_index: 0, item }, { type: 'response.completed', response: { id: 'resp_1', status: 'completed', output: [item] } },
    ]);
    expect(JSON.stringify(sent).match(/url_citation":/g)).toHaveLength(1);
  });
});

describe('pictures and sound', () => {
  const png = 'iVBORw0KGgo=';
  const picture: JsonObject = { candidates: [{ content: { parts: [{ text: 'Look: ' }, { inlineData: { mimeType: 'image/png', data: png } }] }, finishReason: 'STOP' }] };

  it('of gemini are images of a message, and items of a response', () => {
    const image = { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` }, index: 0 };
    expect(whole(gemini, openaiChat, picture)).toMatchObject({ choices: [{ message: { content: 'Look: ', images: [image] } }] });
    expect(stream(gemini, openaiChat, [picture])).toContainEqual(expect.objectContaining({ choices: [expect.objectContaining({ delta: { images: [image] } })] }));
    expect(whole(gemini, openaiResponses, picture)).toMatchObject({ output: [{ type: 'message' }, { type: 'image_generation_call', status: 'completed', result: png }] });
    expect(whole(gemini, anthropicMessages, picture)).toMatchObject({ content: [{ type: 'text', text: 'Look: ' }] });
  });

  it('of openai are inline data of gemini', () => {
    const message = { content: null, audio: { id: 'a', data: 'UklGRgAA', transcript: 'hi' }, images: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } }] };
    const sent = whole(openaiChat, gemini, { choices: [{ index: 0, message, finish_reason: 'stop' }] });
    expect(sent).toMatchObject({ candidates: [{ content: { parts: [{ inlineData: { mimeType: 'image/png', data: png } }, { inlineData: { mimeType: 'audio/wav', data: 'UklGRgAA' } }] } }] });
    const sounds: JsonObject[] = [{ audio: { id: 'a', data: 'Ukl' } }, { audio: { data: 'GRgAA', transcript: 'hi' } }];
    const parts = sounds.map((delta) => chunk([{ index: 0, delta }]));
    expect(stream(openaiChat, gemini, [...parts, chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]), '[DONE]'])[0]).toMatchObject({ candidates: [{ content: { parts: [{ inlineData: { data: 'UklGRgAA' } }] } }] });
  });
});

it('a mark of byte order before a whole answer is none of it', () => {
  const body = Buffer.from(`\uFEFF\n ${JSON.stringify({ choices: [{ index: 0, message: { content: 'Hi' }, finish_reason: 'stop' }], usage: { prompt_tokens: 3, completion_tokens: 2 } })}`);
  const sent = convertBody(body, { from: openaiChat, to: anthropicMessages, reading: {}, writing });
  expect(sent instanceof Failure ? sent : JSON.parse(sent)).toMatchObject({ content: [{ text: 'Hi' }], usage: { input_tokens: 3, output_tokens: 2 } });
  const watch = openaiChat.watch({ stream: false });
  watch.see(body);
  expect(watch.report()).toMatchObject({ complete: true, tokens: { input: 3, output: 2 } });
});

describe('what a client cannot be shown', () => {
  const hosted: JsonObject = { id: 'ws_1', type: 'web_search_call', status: 'completed', action: { type: 'search', query: 'q' } };
  const search = { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'q' } };
  it.each<{ name: string; from: Dialect; to: Dialect; body: JsonObject; lost: string[] }>([
    { name: 'a picture', from: openaiChat, to: anthropicMessages, body: { choices: [{ index: 0, message: { content: 'x', images: [{ image_url: { url: 'data:image/png;base64,AAAA' } }] }, finish_reason: 'stop' }] }, lost: ['dropped:image'] },
    { name: 'sound', from: openaiChat, to: openaiResponses, body: { choices: [{ index: 0, message: { content: null, audio: { id: 'a', data: 'AAAA' } }, finish_reason: 'stop' }] }, lost: ['dropped:audio'] },
    { name: 'blocks of hosted tools', from: anthropicMessages, to: openaiChat, body: { id: 'm', content: [search, { type: 'web_search_tool_result', tool_use_id: 's', content: [] }, { type: 'text', text: 'x' }], stop_reason: 'end_turn', usage: {} }, lost: ['dropped:server_tool_use', 'dropped:web_search_tool_result'] },
    { name: 'items of hosted tools', from: openaiResponses, to: gemini, body: { id: 'r', status: 'completed', output: [hosted, hosted] }, lost: ['dropped:web_search_call'] },
    { name: 'code that ran', from: gemini, to: openaiChat, body: { candidates: [{ content: { parts: [{ executableCode: { code: 'x' }, thoughtSignature: 's' }, { text: 'x' }] }, finishReason: 'STOP' }] }, lost: ['dropped:executableCode'] },
    { name: 'nothing', from: gemini, to: openaiChat, body: { candidates: [{ content: { parts: [{ text: 'x' }] }, finishReason: 'STOP' }] }, lost: [] },
  ])('is told by name: $name', ({ from, to, body, lost }) => {
    const told: string[] = [];
    convertBody(Buffer.from(JSON.stringify(body)), { from, to, reading: {}, writing, lost: (loss) => told.push(loss) });
    expect(told).toEqual(lost);
  });

  it('stays in its own dialect', () => {
    const body = { id: 'resp_1', status: 'completed', output: [hosted, { id: 'm', type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'x', annotations: [] }] }] };
    expect(whole(openaiResponses, openaiResponses, body)).toMatchObject({ output: [hosted, { type: 'message' }] });
  });

  it('is a second answer for dialects that have one', () => {
    const chunks = [chunk([{ index: 0, delta: { content: 'a' } }]), chunk([{ index: 1, delta: { content: 'b' } }]), chunk([{ index: 1, delta: {}, finish_reason: 'length' }]), chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]), '[DONE]' as const];
    for (const to of [anthropicMessages, openaiResponses]) expect(JSON.stringify(stream(openaiChat, to, chunks))).not.toMatch(/"b"|max_(output_)?tokens"[,}]/);
  });
});
