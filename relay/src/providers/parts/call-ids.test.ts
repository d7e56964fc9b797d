import { expect, it } from 'vitest';
import { bytesWithoutCallIds } from './call-ids.ts';

it.each([
  { name: 'the ids of calls and results', given: '{"contents":[{"parts":[{"functionCall":{"id":"a","name":"f"}}]},{"parts":[{"text":"x"},{"functionResponse":{"name":"f","id": "a" ,"response":{"id":"kept"}}}]}]}', is: '{"contents":[{"parts":[{"functionCall":{"name":"f"}}]},{"parts":[{"text":"x"},{"functionResponse":{"name":"f" ,"response":{"id":"kept"}}}]}]}' },
  { name: 'those in the other spelling', given: '{"contents":{"parts":[{"function_call":{"id":"a"}}]}}', is: '{"contents":{"parts":[{"function_call":{}}]}}' },
  { name: 'nothing where there are none', given: '{"contents":[{"parts":[{"functionCall":{"name":"f","args":{"id":1}}}]}]}', is: '{"contents":[{"parts":[{"functionCall":{"name":"f","args":{"id":1}}}]}]}' },
])('takes out $name', ({ given, is }) => {
  const out = bytesWithoutCallIds(Buffer.from(given)).toString();
  expect(JSON.parse(out)).toEqual(JSON.parse(is));
  expect(out.replaceAll(' ', '')).toBe(is.replaceAll(' ', ''));
});
