import { describe, expect, it } from 'vitest';
import { readPredicate } from './predicate.ts';
import type { RestRoute } from './route.ts';
import { Router } from './router.ts';

const route = (method: string, path: string, when?: string): RestRoute =>
  ({ method, path, when: when ? readPredicate(when) : undefined, whenText: when, fieldPath: [`${method} ${path} ${when ?? ''}`.trim()] }) as unknown as RestRoute;

const router = new Router([
  route('GET', '/api/token/'), route('GET', '/api/token/{id}'), route('GET', '/api/token/search'),
  route('GET', '/api/models'), route('GET', '/api/models/'),
  route('POST', '/api/user/manage', "body.action == 'enable'"), route('POST', '/api/user/manage', "body.action in ['promote', 'demote']"),
]);
const find = (method: 'GET' | 'POST', path: string, body?: unknown) => router.match(method, path, { query: new Map(), body });

describe('Router', () => {
  it.each([
    { name: 'takes both spellings of a collection', path: '/api/token', field: 'GET /api/token/' },
    { name: 'folds runs of slashes', path: '//api//token/', field: 'GET /api/token/' },
    { name: 'prefers a literal to a parameter', path: '/api/token/search', field: 'GET /api/token/search' },
    { name: 'keeps two endpoints apart that differ by the slash', path: '/api/models/', field: 'GET /api/models/' },
    { name: 'keeps the other of the two', path: '/api/models', field: 'GET /api/models' },
    { name: 'reads a parameter', path: '/api/token/12', field: 'GET /api/token/{id}' },
    { name: 'knows no other path', path: '/api/tokens', field: undefined },
  ])('$name', ({ path, field }) => expect(find('GET', path)?.route.fieldPath[0]).toBe(field));

  it.each([
    { action: 'enable', field: "POST /api/user/manage body.action == 'enable'" },
    { action: 'demote', field: "POST /api/user/manage body.action in ['promote', 'demote']" },
    { action: 'explode', field: undefined },
  ])('chooses by the body: $action', ({ action, field }) => expect(find('POST', '/api/user/manage', { action })?.route.fieldPath[0]).toBe(field));

  it('gives the value of a parameter', () => expect(find('GET', '/api/token/12')?.path.get('id')).toBe('12'));
  it('refuses a predicate it cannot read', () => expect(() => readPredicate('body.a > 3')).toThrow('Cannot read'));
});
