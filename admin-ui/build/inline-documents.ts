/**
 * Puts each GraphQL document as text where it is used, and in a build its id beside it. The generated map of all documents would
 * stand in front of every page, the sign-in included; it serves the types, and tests.
 */
import type { Plugin } from 'vite';
import { idOf, manifestFiles, readManifests, trustedText, type Manifest } from './document-manifest.ts';

const call = /\bgraphql\(`([^`]+)`\)/g, importLine = /^import \{ graphql \} from '([^']+)gql\/gql\.ts';$/m;
const fragmentName = /^\s*fragment (\w+) on /, operationName = /^\s*(?:query|mutation|subscription) (\w+)/, spread = /\.\.\.(?!\s*on\b)\s*(\w+)/g;

const compact = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Each document of a file with the fragments that it spreads. */
function reader(code: string, id: string): (text: string) => string {
  const fragments = new Map([...code.matchAll(call)].flatMap(([, text]) => { const name = fragmentName.exec(text!)?.[1]; return name ? [[name, text!] as const] : []; }));
  const whole = (text: string): string => [text, ...[...text.matchAll(spread)].map(([, name]) => {
    const fragment = fragments.get(name!);
    if (!fragment) throw new Error(`${id} spreads ${name}: a fragment stands in the file that uses it`);
    return whole(fragment);
  })].join(' ');
  return (text) => compact(whole(text));
}

export function inlineDocuments(): Plugin {
  const sent: Manifest = {};
  let isBuild = false, earlier: Manifest[] = [];
  /** The text is what a server without this document is sent. */
  const written = (text: string): string => {
    const name = operationName.exec(text)?.[1];
    if (!isBuild || !name) return JSON.stringify(text);
    const trusted = trustedText(text), id = idOf(trusted);
    sent[id] = trusted;
    return `/*#__PURE__*/ knownDocument(${JSON.stringify(name)}, ${JSON.stringify(id)}, ${JSON.stringify(text)})`;
  };
  return {
    name: 'inline-documents',
    enforce: 'pre',
    configResolved({ command, root, build }) {
      isBuild = command === 'build';
      earlier = isBuild ? readManifests(root, build.outDir) : [];   // before the build empties the folder
    },
    transform(code, id) {
      if (!id.endsWith('.documents.ts')) return undefined;
      const read = reader(code, id);
      const line = isBuild ? `import { knownDocument } from '$1client/document-ids.ts';` : '';
      return { code: code.replaceAll(call, (_, text: string) => written(read(text))).replace(importLine, line), map: null };
    },
    generateBundle() {
      for (const [fileName, manifest] of manifestFiles(sent, earlier)) this.emitFile({ type: 'asset', fileName, source: JSON.stringify(manifest) });
    },
  };
}
