/** Streams in the form of one list, and addresses: what passes as bytes in this dialect only. */
import { describe, expect, it } from 'vitest';
import { Failure } from '../../failure/failure.ts';
import { callPath, passedQuery, readAddress } from './address.ts';
import { gemini } from './dialect.ts';

const chunk = (text: string, finishReason?: string): object =>
  ({ candidates: [{ content: { parts: [{ text }], role: 'model' }, ...(finishReason ? { finishReason } : {}) }], usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 4, totalTokenCount: 13 }, modelVersion: 'up' });
const list = Buffer.from(`[${JSON.stringify(chunk('a "modelVersion": "up" }], é'), undefined, 1)}\n,\r\n${JSON.stringify(chunk('', 'STOP'))}\n]\n`);
const eachOffset = Array.from({ length: list.length + 1 }, (_, at) => [list.subarray(0, at), list.subarray(at)]);

describe('a stream in the form of a list', () => {
  it('is renamed in its elements and nowhere else, wherever it is cut', () => {
    const is = list.toString().replaceAll(/"modelVersion": ?"up"(?=[\n}])/g, (found) => found.replace('"up"', '"mine"'));
    for (const pieces of eachOffset) {
      const editor = gemini.editAnswer({ stream: true, dropUsage: false, model: 'mine', form: 'json-array' });
      expect(Buffer.concat([...pieces.flatMap((piece) => editor?.push(piece) ?? []), ...(editor?.end() ?? [])]).toString()).toBe(is);
    }
  });

  it('is watched, wherever it is cut', () => {
    for (const pieces of eachOffset) {
      const watch = gemini.watch({ stream: true, form: 'json-array' });
      for (const piece of pieces) watch.see(piece);
      expect(watch.report()).toMatchObject({ complete: true, failure: undefined, tokens: { input: 9, output: 4 } });
    }
  });

  it('tells what its model signed, wherever it is cut', () => {
    const thought = 't'.repeat(40), call = 'c'.repeat(40), parts = [{ text: 'x', thoughtSignature: thought }, { functionCall: { name: 'f', args: {} }, thoughtSignature: call }];
    const signed = Buffer.from(`[${parts.map((part) => JSON.stringify({ candidates: [{ content: { parts: [part] } }] }, undefined, 1)).join(',\n')}]`);
    for (let at = 0; at <= signed.length; at++) {
      const watch = gemini.watch({ stream: true, form: 'json-array' });
      for (const piece of [signed.subarray(0, at), signed.subarray(at)]) watch.see(piece);
      expect(watch.signatures?.()).toEqual([thought, call]);
    }
  });

  it('that breaks off is not complete, and one that fails says so', () => {
    const report = (text: string) => { const watch = gemini.watch({ stream: true, form: 'json-array' }); watch.see(Buffer.from(text)); return watch.report(); };
    expect(report(list.toString('utf8', 0, list.indexOf('\n,')))).toMatchObject({ complete: false, tokens: undefined, begun: { input: 9 } });
    expect(report('[{"error":{"code":500,"message":"no"}}]').failure).toBeInstanceOf(Failure);
  });
});

describe('an address', () => {
  it.each([
    ['/v1beta/models/gemini-2.5-pro:generateContent', { version: 'v1beta', model: 'gemini-2.5-pro', action: 'generateContent' }], ['/gemini/v1/models/a%2Fb:streamGenerateContent', { version: 'v1', model: 'a/b', action: 'streamGenerateContent' }],
    ['/v1alpha/tunedModels/mine:countTokens', { version: 'v1alpha', model: 'tunedModels/mine', action: 'countTokens' }], ['/v1beta/models/a:b:generateContent', { version: 'v1beta', model: 'a:b', action: 'generateContent' }],
    ['/v1beta/models/a', undefined], ['/v2/models/a:generateContent', undefined], ['/v1beta/models/%ff:generateContent', undefined],
  ])('%s is read', (path, is) => expect(readAddress(path)).toEqual(is));

  it.each([
    [{ model: 'a', stream: false }, '/v1beta/models/a:generateContent'], [{ model: 'a', stream: true }, '/v1beta/models/a:streamGenerateContent?alt=sse'], [{ model: 'a', stream: true, version: 'v1', query: '' }, '/v1/models/a:streamGenerateContent'],
    [{ model: 'tunedModels/x', stream: false }, '/v1beta/tunedModels/x:generateContent'], [{ model: 'a b', stream: false, query: 'x=1' }, '/v1beta/models/a%20b:generateContent?x=1'],
  ])('%j is written', (call, is) => expect(callPath(call)).toBe(is));

  it('passes its query on without keys', () => {
    expect(passedQuery({ path: '', query: 'key=sk-1&alt=sse&x=2&api_key=3&keys=4' }, undefined)).toBe('alt=sse&x=2&keys=4');
    expect(passedQuery({ path: '', query: 'key=sk-1' }, 'sse')).toBe('alt=sse');
  });
});
