import { expect, it } from 'vitest';
import { rehearse } from './rehearse.ts';

const request = { nonce: 'n', model: 'm', upstreamModel: 'vendor-m', path: '/v1/chat/completions', body: '{"model":"vendor-m","temperature":1}', headers: ['X-Tenant', 'acme'], askedAt: 0 };
const operations = (...list: object[]) => JSON.stringify({ operations: list });

it.each([
  { name: 'nothing to do leaves it', over: {}, is: { ok: true, body: request.body, headers: [] } },
  { name: 'members are set', over: { paramOverride: '{"temperature":0}' }, is: { ok: true, body: '{"model":"vendor-m","temperature":0}', headers: [] } },
  { name: 'conditions see the model of the client', over: { paramOverride: operations({ mode: 'delete', path: 'temperature', conditions: [{ path: 'original_model', value: 'm' }] }) }, is: { ok: true, body: '{"model":"vendor-m"}', headers: [] } },
  { name: 'a secret is never shown', over: { headerOverride: '{"x-key":"{api_key}"}' }, is: { ok: true, body: request.body, headers: ['x-key', 'CREDENTIAL'] } },
  { name: 'a refusal is told', over: { paramOverride: operations({ mode: 'return_error', value: { message: 'not here', status_code: 418 } }) }, is: { ok: false, status: 418, detail: 'not here', body: '', headers: [] } },
])('$name', ({ over, is }) => expect(rehearse({ ...request, ...over })).toEqual({ nonce: 'n', ...is }));

it('what cannot be read is told, and does no harm', () => expect(rehearse({ ...request, paramOverride: '[' })).toMatchObject({ ok: false, detail: 'the overrides of the channel cannot be read' }));
