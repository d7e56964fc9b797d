import type { Json, JsonObject } from '../../chat-event.ts';
import { missingCallId } from '../../request/tool-call-id.ts';
import { done, type Shape } from './shape.ts';

const usageMetadata = { promptTokenCount: 9, candidatesTokenCount: 3, thoughtsTokenCount: 1, totalTokenCount: 13, promptTokensDetails: [{ modality: 'TEXT', tokenCount: 9 }], serviceTier: 'standard' };
const tokens = { input: 9, output: 4, reasoning: 1 };
const head = { modelVersion: 'm', responseId: 'r1' };
const parts = (...list: Json[]): JsonObject => ({ candidates: [{ content: { parts: list, role: 'model' }, index: 0 }], usageMetadata, ...head });
const ends = (finishReason: string, list: Json[] = [{ text: '' }], more: JsonObject = {}): JsonObject => ({ candidates: [{ content: { parts: list, role: 'model' }, finishReason, index: 0, ...more }], usageMetadata, ...head });
const grounding = { groundingMetadata: { webSearchQueries: ['q'], searchEntryPoint: { renderedContent: '<p>' }, groundingChunks: [{ web: { uri: 'https://a.test/x', title: 'A' } }], groundingSupports: [{ segment: { startIndex: 3, endIndex: 8, text: 'it is' }, groundingChunkIndices: [0], confidenceScores: [0.9] }] } };
const cites: Shape['expected']['shows'] = { 'openai-chat': ['"start_index":3,"end_index":8'], 'openai-responses': ['"start_index":3,"end_index":8'] };
const growing = (members: JsonObject): JsonObject => parts({ functionCall: { ...members, willContinue: true } });
const piece = (jsonPath: string, value: JsonObject): JsonObject => growing({ partialArgs: [{ jsonPath, ...value }] });

export const geminiShapes: readonly Shape[] = [
  {
    name: 'a prompt that was blocked', stream: [{ promptFeedback: { blockReason: 'PROHIBITED_CONTENT', blockReasonMessage: 'Not this.' }, usageMetadata: { promptTokenCount: 9, totalTokenCount: 9 }, ...head }],
    expected: { finish: 'content_filter', why: 'Not this.', shows: { 'openai-chat': ['"refusal":"Not this."'], 'openai-responses': ['"refusal":"Not this."'], 'anthropic-messages': ['"explanation":"Not this."'] }, usage: { input: 9, output: 0 } },
  },
  { name: 'a prompt that was blocked, whole', whole: { promptFeedback: { blockReason: 'SAFETY', safetyRatings: [] }, usageMetadata: { promptTokenCount: 9, totalTokenCount: 9 }, ...head }, expected: { finish: 'content_filter', usage: { input: 9, output: 0 } } },
  { name: 'an answer that was cut for safety', stream: [parts({ text: 'He' }), { candidates: [{ finishReason: 'SAFETY', finishMessage: 'Too far.', index: 0, safetyRatings: [{ category: 'HARM_CATEGORY_HARASSMENT', probability: 'HIGH', blocked: true }] }], usageMetadata, ...head }], expected: { text: 'He', finish: 'content_filter', shows: { 'anthropic-messages': ['"explanation":"Too far."'] }, usage: tokens } },
  { name: 'a call that could not be read', stream: [{ candidates: [{ finishReason: 'MALFORMED_FUNCTION_CALL', finishMessage: 'Malformed function call: print(', index: 0 }], usageMetadata, ...head }], expected: { failure: 'MALFORMED_FUNCTION_CALL' } },
  { name: 'a call whose signature was missed', whole: { candidates: [{ content: {}, finishReason: 'MISSING_THOUGHT_SIGNATURE', index: 0 }], usageMetadata, ...head }, expected: { failure: 'MISSING_THOUGHT_SIGNATURE' } },
  { name: 'no picture', whole: { candidates: [{ content: {}, finishReason: 'NO_IMAGE', index: 0 }], usageMetadata, ...head }, expected: { failure: 'NO_IMAGE' } },
  { name: 'a picture that was refused', whole: { candidates: [{ content: { role: 'model' }, finishReason: 'IMAGE_SAFETY', finishMessage: 'Not this.', index: 0 }], usageMetadata, ...head }, expected: { finish: 'content_filter', why: 'Not this.', shows: { 'openai-chat': ['"refusal":"Not this."'] }, usage: tokens } },
  { name: 'a word for the end that nobody knows', stream: [parts({ text: 'Hi' }), ends('SOMETHING_NEW')], expected: { text: 'Hi', usage: tokens } },
  { name: 'an end without content, and figures behind it', stream: [parts({ text: 'Hi' }), { candidates: [{ finishReason: 'MAX_TOKENS', index: 0 }], ...head }, { usageMetadata, ...head }], expected: { text: 'Hi', finish: 'length', usage: tokens } },
  { name: 'what it rests on, told with the signature behind the text', stream: [parts({ text: 'So ' }), parts({ text: 'it is.' }), ends('STOP', [{ text: '', thoughtSignature: 'U0lH' }], grounding)], expected: { text: 'So it is.', shows: cites, usage: tokens } },
  { name: 'what it rests on, told behind the signature', stream: [parts({ text: 'So it is.' }), parts({ text: '', thoughtSignature: 'U0lH' }), ends('STOP', [{ text: '' }], grounding)], expected: { text: 'So it is.', shows: cites, usage: tokens } },
  { name: 'what it rests on, though a call stands behind the text', whole: ends('STOP', [{ text: 'So it is.', thoughtSignature: 'U0lH' }, { functionCall: { name: 'f', args: { a: 1 } } }], grounding), expected: { text: 'So it is.', calls: [{ id: missingCallId('r1', 2), name: 'f', arguments: '{"a":1}' }], finish: 'tool_calls', shows: cites, usage: tokens } },
  { name: 'what it rests on, told when the text was over', stream: [parts({ text: 'So it is.' }), parts({ functionCall: { id: 'c1', name: 'f', args: {} } }), ends('STOP', [{ text: '' }], grounding)], expected: { text: 'So it is.', calls: [{ id: 'c1', name: 'f', arguments: '{}' }], finish: 'tool_calls', shows: { 'openai-chat': ['https://a.test/x'], 'openai-responses': ['https://a.test/x'] }, usage: tokens } },
  {
    name: 'code that ran, signatures on every kind of part, a sketch, a picture',
    stream: [
      parts({ executableCode: { language: 'PYTHON', code: 'print(1)' }, thoughtSignature: 'U0lH' }, { codeExecutionResult: { outcome: 'OUTCOME_OK', output: '1\n' } }), parts({ text: 'R', thought: true, thoughtSignature: 'U0lH' }, { inlineData: { mimeType: 'image/png', data: 'AAAA' }, thought: true }),
      parts({ text: 'A' }, { inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' }, thoughtSignature: 'U0lH' }, { text: 'B' }), ends('STOP'),
    ],
    expected: { text: 'AB', reasoning: 'R', shows: { 'openai-chat': ['data:image/png;base64,iVBORw0KGgo='], 'openai-responses': ['iVBORw0KGgo='] }, usage: tokens },
  },
  { name: 'sound in pieces', stream: [parts({ inlineData: { mimeType: 'audio/L16;codec=pcm;rate=24000', data: 'AAAA' } }), parts({ inlineData: { mimeType: 'audio/L16;codec=pcm;rate=24000', data: 'BBBB' } }), ends('STOP')], expected: { shows: { 'openai-chat': ['AAAA', 'BBBB'] }, usage: tokens } },
  {
    name: 'several calls in one chunk, with and without arguments and ids', stream: [parts({ functionCall: { name: 'f' }, thoughtSignature: 'U0lH' }, { functionCall: { id: 'c2', name: 'g', args: { a: { b: [1, 'x'] } } } }), ends('STOP')],
    expected: { calls: [{ id: missingCallId('r1', 0), name: 'f', arguments: '{}' }, { id: 'c2', name: 'g', arguments: '{"a":{"b":[1,"x"]}}' }], finish: 'tool_calls', usage: tokens },
  },
  {
    name: 'arguments in pieces: lists, numbers, an end that is missing, and one that is empty',
    stream: [
      { candidates: [{ content: { role: 'model', parts: [{ functionCall: { id: 'c1', name: 'f', willContinue: true }, thoughtSignature: 'U0lH' }] } }], usageMetadata: { trafficType: 'ON_DEMAND' }, ...head }, piece('$.ops[0].a', { stringValue: 'ad', willContinue: true }), piece('$.ops[0].a', { stringValue: 'd' }), growing({}),
      piece('$.ops[1].p', { numberValue: 0.5 }), piece('$.on', { boolValue: true }), parts({ functionCall: {} }), growing({ id: 'c2', name: 'g' }), parts({ functionCall: { partialArgs: [{ jsonPath: '$.x', stringValue: 'é' }] } }), ends('STOP'),
    ],
    expected: { calls: [{ id: 'c1', name: 'f', arguments: '{"ops":[{"a":"add"},{"p":0.5}],"on":true}' }, { id: 'c2', name: 'g', arguments: '{"x":"é"}' }], finish: 'tool_calls', usage: tokens },
  },
  { name: 'figures of thoughts, tools, caches and kinds', whole: { candidates: [{ content: { parts: [{ text: '42' }], role: 'model' }, finishReason: 'STOP', index: 0 }], usageMetadata: { promptTokenCount: 19, cachedContentTokenCount: 3, candidatesTokenCount: 14, toolUsePromptTokenCount: 63, thoughtsTokenCount: 56, totalTokenCount: 152, promptTokensDetails: [{ modality: 'TEXT', tokenCount: 9 }, { modality: 'AUDIO', tokenCount: 4 }, { modality: 'IMAGE', tokenCount: 6 }], candidatesTokensDetails: [{ modality: 'AUDIO', tokenCount: 10 }], future: 1 }, ...head }, expected: { text: '42', usage: { input: 82, cacheRead: 3, output: 70, reasoning: 56, inputAudio: 4, inputImage: 6, outputAudio: 10 } } },
  { name: 'a failure in the middle', stream: [parts({ text: 'He' }), { error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } }], expected: { failure: 'UNAVAILABLE' } },
  { name: 'blank lines, blank events and the end of another dialect', stream: ['\r\n', `data: ${JSON.stringify(parts({ text: 'é' }))}\n\n`, 'data: \r\n\r\n', `data: ${JSON.stringify(ends('STOP', [{ text: '🙂' }]))}\r\n\r\n`, done], expected: { text: 'é🙂', usage: tokens } },
];
