/** Compares an answer with the contract's example: the same keys, values of the same kind. */

export interface Leeway {
  /** Paths of members that we add for other readers. */
  extra?: readonly string[];
  /** Paths of members of the example that are there at times only. */
  optional?: readonly string[];
  /** Paths of objects whose keys are data: every value is compared with the example's first. */
  maps?: readonly string[];
  /** Paths that may be null (or an object instead of null) where the example has a value. */
  nullable?: readonly string[];
  /** Paths of lists that may be empty here. */
  empty?: readonly string[];
}

const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

type Members = Record<string, unknown>;

function compareMembers(actual: Members, example: Members, path: string, leeway: Leeway): string[] {
  const at = (name: string) => (path ? `${path}.${name}` : name);
  const missing = Object.keys(example).filter((name) => !(name in actual) && !leeway.optional?.includes(at(name))).map((name) => `${at(name)} is missing`);
  const extra = Object.keys(actual).filter((name) => !(name in example) && !leeway.extra?.includes(at(name))).map((name) => `${at(name)} is not in the contract`);
  const both = Object.keys(example).filter((name) => name in actual).flatMap((name) => compare(actual[name], example[name], at(name), leeway));
  return [...missing, ...extra, ...both];
}

function compareMap(actual: Members, example: Members, path: string, leeway: Leeway): string[] {
  const [first] = Object.values(example);
  if (Object.keys(actual).length === 0 && !leeway.empty?.includes(path)) return [`${path} is empty: the test shows nothing`];
  return Object.values(actual).flatMap((value) => compare(value, first, `${path}.*`, leeway));
}

/** What differs, a sentence each; nothing when the answer is as the contract has it. */
export function compare(actual: unknown, example: unknown, path = '', leeway: Leeway = {}): string[] {
  if (example === null || (actual === null && leeway.nullable?.includes(path))) return [];
  const kind = kindOf(example);
  if (kindOf(actual) !== kind) return [`${path || 'the answer'} is ${kindOf(actual)}, not ${kind}`];
  if (Array.isArray(example)) {
    const list = actual as unknown[];
    if (example.length === 0) return [];
    if (list.length === 0) return leeway.empty?.includes(path) ? [] : [`${path} is empty: the test shows nothing`];
    return [...new Set(list.flatMap((item) => compare(item, example[0], `${path}[]`, leeway)))];
  }
  if (kind !== 'object') return [];
  return leeway.maps?.includes(path) ? compareMap(actual as Members, example as Members, path, leeway) : compareMembers(actual as Members, example as Members, path, leeway);
}
