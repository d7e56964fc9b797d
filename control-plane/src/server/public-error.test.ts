import { expect, it } from 'vitest';
import { toldOnce } from './public-error.ts';

const ids = { requestId: 'r', traceId: 't' };
const denied = (...path: (string | number)[]) => ({ message: 'no', path, extensions: { code: 'FORBIDDEN' } });
const pathsOf = (errors: Parameters<typeof toldOnce>[0]) => toldOnce(errors, ids).map(({ path }) => path?.join('.'));

it('a right that is missing is told once for a field, not once for each row', () => {
  expect(pathsOf([denied('users', 'nodes', 0, 'remark'), denied('users', 'nodes', 1, 'remark'), denied('users', 'nodes', 1, 'invite'), denied('channels')]))
    .toEqual(['users.nodes.0.remark', 'users.nodes.1.invite', 'channels']);
});

it('what went wrong with a row is told for each row, up to twenty', () => {
  const failed = Array.from({ length: 30 }, (_, row) => ({ message: 'failed', path: ['users', 'nodes', row, 'quota'], extensions: { code: 'INTERNAL' } }));
  expect(pathsOf(failed)).toHaveLength(20);
});

it('each is found again by the ids of its request', () => {
  expect(toldOnce([denied('users')], ids)[0]!.extensions).toEqual({ code: 'FORBIDDEN', requestId: 'r', traceId: 't' });
});
