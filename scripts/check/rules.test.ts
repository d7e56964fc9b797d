import { expect, it } from 'vitest';
import { importRules } from './import-rules.ts';
import { importsOf } from './imports.ts';

it.each([
  { name: 'a plain import', text: "import { a } from './a.ts';", found: ['relay/src/edge/a.ts'] },
  { name: 'an import for its effect', text: "import 'reflect-metadata';", found: ['reflect-metadata'] },
  { name: 'a type, over two lines', text: "import type {\n  A,\n} from '../quota/a.ts';", found: ['relay/src/quota/a.ts'] },
  { name: 'a re-export', text: "export { a } from './b.ts';", found: ['relay/src/edge/b.ts'] },
  { name: 'an import at run time', text: "const a = await import('./c.ts');", found: ['relay/src/edge/c.ts'] },
  { name: 'no import in a sentence', text: "const text = 'taken from';\nexport const a = 'x';", found: [] },
])('sees $name', ({ text, found }) => {
  expect(importsOf({ path: 'relay/src/edge/x.ts', text }).map((one) => one.target)).toEqual(found);
});

it.each([
  { from: 'relay/src/pipeline/chat.ts', to: 'relay/src/edge/listener.ts', allowed: false },
  { from: 'relay/src/edge/listener.ts', to: 'relay/src/pipeline/chat.ts', allowed: true },
  { from: 'relay/src/failure/failure.ts', to: 'relay/src/trace/clock.ts', allowed: false },
  { from: 'relay/src/dialects/openai-chat/reader.ts', to: 'relay/src/framing/sse.ts', allowed: true },
  { from: 'relay/src/quota/desk.ts', to: 'pg', allowed: false },
  { from: 'control-plane/src/kernel/list/page.ts', to: 'control-plane/src/features/user/user.entity.ts', allowed: false },
  { from: 'control-plane/src/features/token/token.service.ts', to: 'control-plane/src/features/user/user.entity.ts', allowed: true },
  { from: 'admin-ui/src/ui/table.tsx', to: 'admin-ui/src/client/client.ts', allowed: false },
  { from: 'e2e/harness/house.ts', to: 'relay/src/main.ts', allowed: false },
  { from: 'e2e/harness/house.ts', to: 'scripts/root.ts', allowed: true },
])('$from → $to: $allowed', ({ from, to, allowed }) => {
  expect(importRules.some((rule) => rule.from.test(from) && rule.mayNot.test(to))).toBe(!allowed);
});
