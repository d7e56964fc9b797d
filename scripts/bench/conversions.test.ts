import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../root.ts';
import { relayModules } from './conversions.ts';

it('what is measured is where it is looked for', () => {
  expect(relayModules.filter((path) => !existsSync(join(root, 'relay/src', `${path}.ts`)))).toEqual([]);
});
