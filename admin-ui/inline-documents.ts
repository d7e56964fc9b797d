/**
 * Puts each GraphQL document as text where it is used. The generated map of all documents would stand in front of every page,
 * the sign-in included; it serves the types, and tests.
 */
import type { Plugin } from 'vite';

const call = /\bgraphql\(`([^`]+)`\)/g, importLine = /^import \{ graphql \} from '[^']+';$/m;
const fragmentName = /^\s*fragment (\w+) on /, spread = /\.\.\.(?!\s*on\b)\s*(\w+)/g;

const compact = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

export function inlineDocuments(): Plugin {
  return {
    name: 'inline-documents',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.documents.ts')) return undefined;
      const fragments = new Map([...code.matchAll(call)].flatMap(([, text]) => { const name = fragmentName.exec(text!)?.[1]; return name ? [[name, text!] as const] : []; }));
      const whole = (text: string): string => [text, ...[...text.matchAll(spread)].map(([, name]) => {
        const fragment = fragments.get(name!);
        if (!fragment) throw new Error(`${id} spreads ${name}: a fragment stands in the file that uses it`);
        return whole(fragment);
      })].join(' ');
      return { code: code.replaceAll(call, (_, text: string) => JSON.stringify(compact(whole(text)))).replace(importLine, ''), map: null };
    },
  };
}
