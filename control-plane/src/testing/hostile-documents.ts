/** Documents that must be refused before they cost anything (GQL-01, gate G9). */
const fragments = (count: number): string =>
  Array.from({ length: count }, (_, index) => `fragment f${index} on Query { ${index + 1 < count ? `...f${index + 1} ...f${index + 1}` : 'site { version }'} }`).join(' ');

export const hostileDocuments: readonly { name: string; query: string; code: string; status: number }[] = [
  { name: 'a deep one', query: `{ ${'__typename a { '.repeat(60)} b ${'}'.repeat(60)} }`, code: 'DEPTH_EXCEEDED', status: 422 },
  { name: 'a wide one', query: `{ ${Array.from({ length: 11 }, () => 'site { version }').join(' ')} }`, code: 'TOO_MANY_FIELDS', status: 422 },
  { name: 'one with many aliases', query: `{ site { ${Array.from({ length: 16 }, (_, index) => `a${index}: version`).join(' ')} } }`, code: 'TOO_MANY_ALIASES', status: 422 },
  { name: 'one whose fragments would make a billion fields', query: `{ ...f0 } ${fragments(30)}`, code: 'COST_EXCEEDED', status: 422 },
  { name: 'one whose fragments spread themselves', query: '{ ...a } fragment a on Query { ...b site { version } } fragment b on Query { ...a }', code: 'GRAPHQL_VALIDATION_FAILED', status: 422 },
  { name: 'one with many directives', query: `{ site { version ${'@skip(if: false) '.repeat(11)} } }`, code: 'TOO_MANY_DIRECTIVES', status: 422 },
  { name: 'one that asks for too much', query: '{ viewer { tokens(first: 100) { nodes { id } } a: tokens(first: 100) { nodes { id } } } users(first: 100) { nodes { id } } ' + Array.from({ length: 8 }, (_, index) => `u${index}: users(first: 100) { nodes { id } }`).join(' ') + ' }', code: 'COST_EXCEEDED', status: 422 },
  { name: 'six mutations', query: `mutation { ${Array.from({ length: 6 }, (_, index) => `m${index}: sessionEnd { ok }`).join(' ')} }`, code: 'TOO_MANY_FIELDS', status: 422 },
  { name: 'mutations in a fragment', query: `mutation { ...m } fragment m on Mutation { ${Array.from({ length: 6 }, (_, index) => `m${index}: sessionEnd { ok }`).join(' ')} }`, code: 'TOO_MANY_FIELDS', status: 422 },
  { name: 'root fields in fragments of fragments', query: '{ ...a ... { ...a } } fragment a on Query { ...b ...b } fragment b on Query { site { version } setup { done: __typename } rateLimit { limit } }', code: 'TOO_MANY_FIELDS', status: 422 },
  { name: 'two guesses at a password', query: 'mutation { sessionCreate(input: { username: "a", password: "b" }) { __typename } other: sessionCreate(input: { username: "a", password: "c" }) { __typename } }', code: 'TOO_MANY_FIELDS', status: 422 },
  { name: 'a guess and a payment', query: 'mutation { stepUpVerify(input: { method: PASSWORD, password: "b" }) { __typename } ...p } fragment p on Mutation { redemptionRedeem(code: "x", idempotencyKey: "k") { __typename } }', code: 'TOO_MANY_FIELDS', status: 422 },
  { name: 'a costly one behind a look at the schema', query: '{ __schema { queryType { name } } ' + Array.from({ length: 9 }, (_, index) => `u${index}: users(first: 100) { nodes { id invite { code } } }`).join(' ') + ' }', code: 'COST_EXCEEDED', status: 422 },
  { name: 'a deep one behind a look at the schema', query: `{ __schema { queryType { name } } ${'a { '.repeat(60)} b ${'}'.repeat(60)} }`, code: 'DEPTH_EXCEEDED', status: 422 },
  { name: 'looks at the schema by many names', query: `{ __schema { ${Array.from({ length: 16 }, (_, index) => `a${index}: types { name }`).join(' ')} } }`, code: 'TOO_MANY_ALIASES', status: 422 },
  { name: 'one of 17 KiB', query: `{ site { version } } # ${'x'.repeat(17_000)}`, code: 'DOCUMENT_TOO_LARGE', status: 413 },
  { name: 'one of a million bytes', query: `{ ${'site { version } '.repeat(60_000)} }`, code: 'DOCUMENT_TOO_LARGE', status: 413 },
  { name: 'one of 2,001 tokens', query: `{ site { ${'v '.repeat(2_001)} } }`, code: 'GRAPHQL_PARSE_FAILED', status: 400 },
];
