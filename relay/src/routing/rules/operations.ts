/** Runs the operations of a parameter override over body and headers of one call (semantics 3.6). */
import { Failure } from '../../failure/failure.ts';
import { isObject } from '../../dialects/json-member.ts';
import type { Json, JsonObject } from '../../framing/json.ts';
import { parseLossless } from '../../dialects/lossless-json.ts';
import type { BodyDraft } from './body-draft.ts';
import { applies, type Context } from './condition.ts';
import type { HeaderDraft } from './header-draft.ts';
import { type Place, placesOf, put, segmentsOf, take, valueAt, valueBy } from './json-place.ts';
import { type Mode, type Operation, readGivenError, readPruning } from './override-form.ts';
import { changedText, joined } from './text-operations.ts';

/** A value of its own: what stands at two places must not change together. */
const copyOf = (value: Json): Json => parseLossless(JSON.stringify(value)) ?? null;

/** What the operations of one call work on. */
export interface Drafts { readonly body: BodyDraft; readonly headers: HeaderDraft; readonly context: Context }

type Step = (drafts: Drafts, operation: Operation) => Failure | void;

/** Before a change: the top-level member that holds the place is written anew. */
function change(body: BodyDraft, path: string): void {
  const [first] = segmentsOf(path);
  if (first === '*') Object.keys(body.root).forEach((name) => body.touch(name)); else if (first) body.touch(first);
}

function each(body: BodyDraft, path: string, make: boolean, act: (place: Place) => void): void {
  if (path === '') return;
  const places = placesOf(body.root, path, make);
  if (places.length > 0) change(body, path);
  places.toReversed().forEach(act);                      // from the end: indexes stay true while values go
}

const set: Step = ({ body }, { path, value, keepOrigin }) =>
  each(body, path, true, (place) => { if (!keepOrigin || valueAt(place) === undefined) put(place, copyOf(value)); });

const join: Step = ({ body }, operation) => each(body, operation.path, true, (place) => {
  const value = joined(valueAt(place), operation);
  if (value !== undefined) put(place, copyOf(value));
});

const text: Step = ({ body }, operation) => each(body, operation.path, false, (place) => {
  const value = changedText(valueAt(place), operation);
  if (value !== undefined) put(place, value);
});

const copy: Step = ({ body }, { from, to, mode, keepOrigin }) => {
  const value = from && to ? valueBy(body.root, from) : undefined;
  if (value === undefined) return;
  if (mode === 'move') each(body, from, false, take);
  each(body, to, true, (place) => { if (!keepOrigin || valueAt(place) === undefined) put(place, mode === 'move' ? value : copyOf(value)); });
};

const prune: Step = ({ body }, { path, value }) => {
  const pruning = readPruning(value);
  if (!pruning) return;
  const goes = (item: Json): boolean => isObject(item) && applies(pruning.conditions, pruning.logic, item, {});
  const clean = (item: Json): Json => {
    if (Array.isArray(item)) return item.filter((one) => !goes(one)).map((one) => (pruning.recursive ? clean(one) : one));
    if (!isObject(item) || JSON.isRawJSON(item) || !pruning.recursive) return item;
    return Object.fromEntries(Object.entries(item).filter(([, one]) => !goes(one)).map(([name, one]): [string, Json] => [name, clean(one)]));
  };
  if (path === '') return;
  each(body, path, false, (place) => put(place, clean(valueAt(place)!)));
};

const refuse: Step = (_, { value }) => {
  const { message, status, code, type } = readGivenError(value);
  return new Failure('invalid_request', { say: message, status, ...(code === undefined ? {} : { upstreamCode: code }), ...(type === undefined ? {} : { upstreamType: type }) });
};

const headerText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

const setHeader: Step = ({ headers }, { path, value, keepOrigin }) => {
  if (keepOrigin && headers.get(path) !== undefined) return;
  if (value === null) headers.delete(path); else headers.set(path, headerText(value));
};

const copyHeader: Step = ({ headers }, { from, to, mode, keepOrigin }) => {
  const value = headers.get(from);
  if (value === undefined || (keepOrigin && headers.get(to) !== undefined)) return;
  if (mode === 'move_header') headers.delete(from);
  headers.set(to, value);
};

const passHeaders: Step = ({ headers }, { value }) => {
  const names = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value.map(headerText) : [];
  const wanted = new Set(names.map((name) => name.trim().toLowerCase()));
  headers.pass((name) => wanted.has(name));
};

/** Two ends that should say the same: the one that is there fills the one that is not. `json:prompt_cache_key`, `header:session-id`. */
const sync: Step = ({ body, headers }, { from, to }) => {
  const ends = [from, to].map((end) => ({ kind: end.slice(0, end.indexOf(':')), name: end.slice(end.indexOf(':') + 1) }));
  const read = ({ kind, name }: { kind: string; name: string }): string | undefined => {
    const value = kind === 'header' ? headers.get(name) : valueBy(body.root, name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const [first, second] = ends.map(read), [one, other] = ends;
  if (!one || !other || (first === undefined) === (second === undefined)) return;
  const empty = first === undefined ? one : other, value = first ?? second!;
  if (empty.kind === 'header') headers.set(empty.name, value); else each(body, empty.name, true, (place) => put(place, value));
};

const steps: Record<Mode, Step> = {
  set, delete: ({ body }, { path }) => each(body, path, false, take), move: copy, copy, append: join, prepend: join,
  trim_prefix: text, trim_suffix: text, ensure_prefix: text, ensure_suffix: text, trim_space: text, to_lower: text, to_upper: text, replace: text, regex_replace: text,
  return_error: refuse, prune_objects: prune, set_header: setHeader, delete_header: ({ headers }, { path }) => headers.delete(path),
  copy_header: copyHeader, move_header: copyHeader, pass_headers: passHeaders, sync_fields: sync,
};

/** In their order. Failure: one of them refuses the request. */
export function run(operations: readonly Operation[], drafts: Drafts): Failure | undefined {
  for (const operation of operations) {
    if (!applies(operation.conditions, operation.logic, drafts.body.root, drafts.context)) continue;
    const failure = steps[operation.mode](drafts, operation);
    if (failure instanceof Failure) return failure;
  }
  return undefined;
}

/** The short form: members of the body, each set. */
export function setMembers(members: JsonObject, body: BodyDraft): void {
  for (const [name, value] of Object.entries(members)) if (name !== '__proto__') body.set(name, copyOf(value));
}
