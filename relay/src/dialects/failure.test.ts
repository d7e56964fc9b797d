import { describe, expect, it } from 'vitest';
import { Failure } from '../failure/failure.ts';
import { anthropicMessages } from './anthropic-messages/dialect.ts';
import { openaiChat } from './openai-chat/dialect.ts';
import { cleaned, isHarmless, readBreak, readRefusal } from './upstream-refusal.ts';

describe('a failure in openai-chat', () => {
  it.each([
    { failure: new Failure('invalid_api_key'), status: 401, type: 'new_api_error', param: '', code: 'invalid_api_key' },
    { failure: new Failure('invalid_request', { param: 'model' }), status: 400, type: 'new_api_error', param: 'model', code: 'invalid_request' },
    { failure: new Failure('convert_request_failed', { param: 'n' }), status: 400, type: 'invalid_request_error', param: 'n', code: 'convert_request_failed' },
    { failure: new Failure('invalid_url'), status: 404, type: 'invalid_request_error', param: '', code: '' },
    { failure: new Failure('unknown_model'), status: 404, type: 'invalid_request_error', param: '', code: 'model_not_found' },
    { failure: new Failure('model_not_found'), status: 503, type: 'new_api_error', param: '', code: 'model_not_found' },
    { failure: new Failure('channel:invalid_key'), status: 502, type: 'upstream_error', param: '', code: 'channel:invalid_key' },
    { failure: new Failure('bad_response_status_code', { status: 429 }), status: 429, type: 'rate_limit_error', param: '', code: 'bad_response_status_code' },
    { failure: new Failure('bad_response_status_code', { status: 400, upstreamCode: 'context_length_exceeded' }), status: 400, type: 'invalid_request_error', param: '', code: 'context_length_exceeded' },
  ])('says $code with status $status', ({ failure, status, type, param, code }) => {
    expect(openaiChat.renderFailure(failure, 'id-1')).toEqual({ status, body: { error: { message: `${failure.say} (request id: id-1)`, type, param, code } } });
  });

  it('keeps the words of the provider (semantics 2.5)', () => {
    const refused = readRefusal(400, Buffer.from('{"error":{"message":"No","type":"invalid_request_error","param":"tools","code":null}}'));
    expect(openaiChat.renderFailure(refused, 'r').body).toEqual({ error: { message: 'No (request id: r)', type: 'invalid_request_error', param: 'tools', code: 'bad_response_status_code' } });
  });

  it('ends a stream', () => {
    expect(openaiChat.renderStreamFailure(new Failure('answer_cut'), 'r').map((frame) => frame.data)).toEqual([
      '{"error":{"message":"The answer broke off. (request id: r)","type":"upstream_error","param":"","code":"answer_cut"}}', '[DONE]',
    ]);
  });
});

describe('a failure in anthropic-messages', () => {
  it.each([
    { failure: new Failure('invalid_request'), type: 'invalid_request_error' }, { failure: new Failure('invalid_api_key'), type: 'authentication_error' },
    { failure: new Failure('insufficient_user_quota'), type: 'permission_error' }, { failure: new Failure('unknown_model'), type: 'not_found_error' },
    { failure: new Failure('read_request_body_failed'), type: 'request_too_large' }, { failure: new Failure('internal'), type: 'api_error' },
    { failure: new Failure('model_not_found'), type: 'overloaded_error' }, { failure: new Failure('upstream_timeout_idle'), type: 'timeout_error' },
    { failure: new Failure('bad_response_status_code', { status: 529 }), type: 'overloaded_error' },
    { failure: new Failure('bad_response_status_code', { status: 429 }), type: 'rate_limit_error' },
  ])('is a $type', ({ failure, type }) => {
    expect(anthropicMessages.renderFailure(failure, 'id-1')).toEqual({
      status: failure.status, body: { type: 'error', error: { type, message: `${failure.say} (request id: id-1)` }, request_id: 'id-1' },
    });
  });

  it('ends a stream without message_stop', () => {
    expect(anthropicMessages.renderStreamFailure(new Failure('answer_cut'), 'r')).toEqual([
      { event: 'error', data: '{"type":"error","error":{"type":"api_error","message":"The answer broke off. (request id: r)"},"request_id":"r"}' },
    ]);
  });
});

describe('what an upstream refuses', () => {
  const refusal = (status: number, error: object | string): Failure => readRefusal(status, Buffer.from(typeof error === 'string' ? error : JSON.stringify({ error })));
  it.each([
    { name: 'our key', status: 401, error: { message: 'Incorrect API key provided: sk-abc', code: 'invalid_api_key' }, code: 'channel:invalid_key', seen: 502 },
    { name: 'our account, in a 403', status: 403, error: { type: 'permission_error', message: 'disabled' }, code: 'channel:invalid_key', seen: 502 },
    { name: 'our balance', status: 429, error: { message: 'You exceeded your current quota', type: 'insufficient_quota', code: 'insufficient_quota' }, code: 'channel:no_available_key', seen: 502 },
    { name: 'our balance, in a 400', status: 400, error: { type: 'invalid_request_error', message: 'Your credit balance is too low' }, code: 'channel:no_available_key', seen: 502 },
    { name: 'our balance, in a 402', status: 402, error: {}, code: 'channel:no_available_key', seen: 502 },
    { name: 'the pace', status: 429, error: { message: 'slow down', code: 'rate_limit_exceeded' }, code: 'bad_response_status_code', seen: 429 },
    { name: 'the request', status: 422, error: { message: 'bad' }, code: 'bad_response_status_code', seen: 400 },
    { name: 'for it is busy', status: 529, error: { type: 'overloaded_error', message: 'busy' }, code: 'bad_response_status_code', seen: 529 },
    { name: 'what is too long, as its own breakdown', status: 500, error: { message: 'no', code: 'context_length_exceeded' }, code: 'bad_response_status_code', seen: 400 },
    { name: 'what may not be asked, as its own breakdown', status: 503, error: { message: 'no', code: 'DataInspectionFailed' }, code: 'bad_response_status_code', seen: 400 },
    { name: 'without sense', status: 500, error: '<html>oops', code: 'bad_response_status_code', seen: 502 },
    { name: 'without a word', status: 500, error: '', code: 'bad_response_status_code', seen: 502 },
  ])('$name', ({ status, error, code, seen }) => {
    const failure = refusal(status, error);
    expect([failure.code, failure.status]).toEqual([code, seen]);
    expect(failure.say).not.toMatch(/sk-|quota|balance|html/);
  });

  it('knows a conversation that is too long by its words', () => {
    expect(refusal(400, { message: 'prompt is too long: 210000 tokens', type: 'invalid_request_error' }).details.upstreamCode).toBe('context_length_exceeded');
  });

  it('hides keys, addresses and accounts', () => {
    expect(cleaned('key sk-proj-12345678 of org-abcdefgh at https://a.test/x?y 10.0.0.1 Bearer abc')).toBe('key [hidden] of [hidden] at [address] [address] [hidden]');
  });
});

it.each([
  { text: 'See https://platform.openai.com/docs for more.', harmless: true }, { text: 'The parameter max_tokens is not supported.', harmless: true },
  { text: 'Rate limit reached in organization org-abcdefgh', harmless: false }, { text: 'Incorrect key sk-proj-12345678', harmless: false }, { text: 'from 10.1.2.3', harmless: false },
  { text: 'at https://x.test/a?api_key=1', harmless: false }, { text: 'at https://u:p@x.test', harmless: false }, { text: 'Bearer abc', harmless: false },
])('knows whether words may go out as they are: $text', ({ text, harmless }) => expect(isHarmless(text)).toBe(harmless));

describe('a failure inside an answer', () => {
  it.each([
    { name: 'has the status of its word', said: 'Overloaded', kind: 'overloaded_error', is: { status: 529 } },
    { name: 'or of its number', said: 'no', kind: '503', is: { status: 503 } },
    { name: 'keeps its words where the client is to blame', said: 'Too many images', kind: 'invalid_request_error', is: { status: 400, say: 'Too many images', details: { upstreamCode: 'invalid_request_error' } } },
    { name: 'is known by its sentence', said: "This model's maximum context length is 5 tokens", kind: undefined, is: { status: 400, details: { upstreamCode: 'context_length_exceeded' } } },
    { name: 'says how often is too often', said: 'Rate limit reached', kind: 'RESOURCE_EXHAUSTED', is: { status: 429 } },
    { name: 'says nothing of machines', said: 'node 10.0.0.7 died', kind: 'server_error', is: { status: 502, say: 'The answer broke off.' } },
    { name: 'nor of our account', said: 'Your key sk-abcdefgh is wrong', kind: 'authentication_error', is: { status: 502, say: 'The answer broke off.' } },
  ])('$name', ({ said, kind, is }) => expect(readBreak('answer_cut', said, kind)).toMatchObject(is));

  it('is a refusal where nothing was said before', () => {
    expect(readBreak('bad_response_status_code', 'slow down', 'rate_limit_exceeded')).toMatchObject({ code: 'bad_response_status_code', status: 429 });
    expect(readBreak('bad_response_status_code', 'no money', 'insufficient_quota')).toMatchObject({ code: 'channel:no_available_key' });
  });
});
