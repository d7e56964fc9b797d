/** The model, the action and the version of the API stand in the address: https://ai.google.dev/api/generate-content */
import { percentDecoded } from '../../framing/percent.ts';
import type { CallPlan, RequestAddress } from '../dialect.ts';

export interface GeminiAddress {
  readonly version: string;
  /** As clients name it; `tunedModels/x` keeps its collection. */
  readonly model: string;
  readonly action: string;
}

const form = /^(?:\/gemini)?\/(v1|v1beta|v1alpha)\/(models|tunedModels)\/(.+):([A-Za-z]+)$/;

/** Undefined: it names no action of a model. */
export function readAddress(path: string): GeminiAddress | undefined {
  const [, version, collection, name, action] = form.exec(path) ?? [];
  const model = name === undefined ? undefined : percentDecoded(name);
  if (version === undefined || model === undefined || action === undefined) return undefined;
  return { version, model: collection === 'models' ? model : `${collection}/${model}`, action };
}

/** Names with a slash bring their collection. */
const collections = /^(models|tunedModels|publishers|projects)\//;

/** @param call its query is the client's own, where the bytes of the answer pass; else the answer comes as SSE */
export function callPath(call: CallPlan): string {
  const name = call.model.split('/').map(encodeURIComponent).join('/');
  const query = call.query ?? (call.stream ? 'alt=sse' : '');
  const action = call.stream ? 'streamGenerateContent' : 'generateContent';
  return `/${call.version ?? 'v1beta'}/${collections.test(call.model) ? name : `models/${name}`}:${action}${query === '' ? '' : `?${query}`}`;
}

/** Keys do not go upstream. @param alt from the body, where the query has none */
export function passedQuery({ query }: RequestAddress, alt: string | undefined): string {
  const kept = query.split('&').filter((pair) => pair !== '' && !/^(key|api_key)(=|$)/.test(pair));
  return alt === undefined || altOf(query) !== undefined ? kept.join('&') : [...kept, `alt=${alt}`].join('&');
}

export const altOf = (query: string): string | undefined => (query === '' ? undefined : new URLSearchParams(query).get('alt') ?? undefined);
