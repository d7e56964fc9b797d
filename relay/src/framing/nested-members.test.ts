import { expect, it } from 'vitest';
import { nestedMembers, type Step } from './nested-members.ts';

const way: readonly Step[] = [['list'], '*', ['call', 'result'], ['id']];

it.each([
  { name: 'a member of each element', json: '{"list":[{"call":{"id":"a"}},{"result":{"n":1,"id":"b"}}]}', is: ['"a"', '"b"'] },
  { name: 'one in an object that stands for its list', json: ' {"list" : {"call" : {"id" : 7 }}}', is: ['7'] },
  { name: 'no member of the same name elsewhere', json: '{"id":1,"list":[{"id":2,"call":{"x":{"id":3}},"text":"\\"id\\""}],"call":{"id":4}}', is: [] },
  { name: 'nothing where the way ends early', json: '{"list":[[{"call":{"id":1}}],"call",null,{"call":[{"id":1}]}]}', is: [] },
  { name: 'a name that is written with escapes', json: '{"list":[{"c\\u0061ll":{"\\u0069d":"a"}}]}', is: ['"a"'] },
  { name: 'nothing in what is no object', json: '[1]', is: [] },
])('finds $name', ({ json, is }) => {
  const bytes = Buffer.from(json);
  expect(nestedMembers(bytes, way).map(({ start, end }) => bytes.toString('utf8', start, end))).toEqual(is);
});
