/** The last steps before a call goes out: fields that a channel does not let pass, overrides of parameters and of headers (semantics 3.6). */
import { Failure } from '../../failure/failure.ts';
import { BodyDraft } from './body-draft.ts';
import type { ChannelRules } from './channel-rules.ts';
import type { Context } from './condition.ts';
import { type ClientHeaders, HeaderDraft } from './header-draft.ts';
import { overrideHeaders } from './header-override.ts';
import { run, setMembers } from './operations.ts';

export interface Shape { readonly body: Buffer; readonly headers: readonly string[] }

/** What the rules see of the call beside its body and headers. */
export interface Surroundings {
  readonly client: ClientHeaders;
  readonly apiKey: string;
  readonly context: () => Context;
}

/** Failure: an operation refuses the request, or what is stored cannot be read. */
export function shapeCall(call: Shape, rules: ChannelRules, { client, apiKey, context }: Surroundings): Shape | Failure {
  const { params, headers: override } = rules;
  if (params === undefined && override === undefined) return call;
  if (params === 'invalid' || override === 'invalid') return new Failure('channel:override_invalid', { note: 'the overrides of the channel cannot be read' });
  const headers = new HeaderDraft(call.headers, client);
  let { body } = call;
  const draft = params && !rules.passBody ? BodyDraft.of(body) : undefined;
  if (draft && params) {
    if ('members' in params) setMembers(params.members, draft);
    else { const failure = run(params.operations, { body: draft, headers, context: context() }); if (failure) return failure; }
    body = draft.bytes();
  }
  if (override) overrideHeaders(override, headers, apiKey);
  return { body, headers: headers.list() };
}
