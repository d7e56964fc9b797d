import { Failure } from '../../failure/failure.ts';
import type { Json } from '../../framing/json.ts';
import { memberScan } from '../../framing/json-scan.ts';
import { memberRemovals } from '../../framing/member-removal.ts';
import { splice } from '../../framing/splice.ts';
import type { RequestAddress, RequestFacts } from '../dialect.ts';
import { inputCount } from '../metering/input-estimate.ts';
import { RequestMembers, wrong } from '../request/request-members.ts';
import { isObject } from '../json-member.ts';
import { foreignParts } from '../memory/foreign-edits.ts';
import { marked } from '../memory/sealed-signature.ts';
import { altOf, passedQuery, readAddress } from './address.ts';
import { given } from './given.ts';

const members = memberScan(['contents', 'generationConfig', 'generation_config', 'stream', 'alt'], marked, inputCount);
/** Some clients write into the body what belongs into the address; the provider refuses members that it does not know. */
const misplaced = ['stream', 'alt'] as const;
const openBrace = 0x7b, openBracket = 0x5b;

export function scan(body: Buffer, address: RequestAddress = { path: '', query: '' }): RequestFacts | Failure {
  const target = readAddress(address.path);
  if (!target) return new Failure('invalid_url', { say: `Invalid URL (POST ${address.path.slice(0, 512)})` });
  const found = RequestMembers.of(body, members);
  if (!(found instanceof RequestMembers)) return found;
  found.checkModel(target.model);
  const contents = found.span('contents');
  const config = found.value('generationConfig') ?? found.value('generation_config');
  const alt = found.value('alt');
  if (found.fault || !contents) return found.fault ?? wrong('contents', 'is required');
  if (body[contents.start] !== openBracket && body[contents.start] !== openBrace) return wrong('contents', 'must be a list');
  const limit = limitOf(config);
  if (limit instanceof Failure) return limit;
  const stream = target.action === 'streamGenerateContent';
  const form = altOf(address.query) ?? (typeof alt === 'string' ? alt : undefined);
  const unsent = misplaced.flatMap((name) => found.span(name) ?? []);
  return {
    model: target.model, modelSpan: undefined, stream, maxOutputTokens: limit, wantsUsage: true, inside: found.inside, sealed: found.marked, estimatedInput: found.tokens,
    streamOptions: undefined, version: target.version, query: passedQuery(address, stream ? form : undefined),
    ...(stream && form !== 'sse' ? { streamForm: 'json-array' as const } : {}), ...(unsent.length ? { unsent } : {}),
  };
}

const largest = 2 ** 31 - 1;

/** Each of several answers may use the whole limit. */
function limitOf(config: Json | undefined): number | Failure {
  if (config !== undefined && config !== null && !isObject(config)) return wrong('generationConfig', 'must be an object');
  const limit = countIn(config, 'maxOutputTokens'), answers = countIn(config, 'candidateCount');
  if (limit instanceof Failure) return limit;
  return answers instanceof Failure ? answers : Math.min(limit * Math.max(1, Math.min(answers, 8)), largest);
}

/** 0 stands for absent, and a text of digits for a number: so protobuf has it. */
function countIn(config: Json | undefined, name: string): number | Failure {
  const value = given(config, name) ?? 0, count = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= largest ? count : wrong(`generationConfig.${name}`, `must be a whole number from 0 to ${largest}`);
}

/** The model stands in the address: only what no upstream may see leaves the body. */
export function rewrite(body: Buffer, facts: RequestFacts, edit?: { family?: string }): Buffer {
  const edits = [...(facts.sealed.length ? foreignParts(body, facts.sealed, edit?.family) : []), ...memberRemovals(body, facts.unsent ?? [])];
  return edits.length ? splice(body, edits) : body;
}
