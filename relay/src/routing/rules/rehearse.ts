/** Tries overrides on a request that is sent to nobody, for whoever writes them. */
import { Failure } from '../../failure/failure.ts';
import type { OverrideRehearsal, OverrideRehearsalResult } from '../../gql/types.gen.ts';
import { rulesOf } from './channel-rules.ts';
import { shapeCall } from './shape-call.ts';

/** Stands where a credential would: nobody reads a secret by trying a rule. */
const noSecret = 'CREDENTIAL';

export function rehearse({ nonce, model, upstreamModel, path, body, headers, paramOverride, headerOverride }: OverrideRehearsal): OverrideRehearsalResult {
  const rules = rulesOf({ rules: { ...(paramOverride && { paramOverride }), ...(headerOverride && { headerOverride }) } });
  const client = new Map<string, string>();
  for (let i = 0; i + 1 < headers.length; i += 2) client.set(headers[i]!.toLowerCase(), headers[i + 1]!);
  const context = () => ({
    model: upstreamModel, upstream_model: upstreamModel, original_model: model, request_path: path, request_headers: Object.fromEntries(client), retry_index: 0, is_retry: false, is_channel_test: false,
  });
  const shape = rules ? shapeCall({ body: Buffer.from(body), headers: [] }, rules, { client, apiKey: noSecret, context }) : { body: Buffer.from(body), headers: [] };
  if (shape instanceof Failure) return { nonce, ok: false, status: shape.status, detail: (shape.details.note ?? shape.say).slice(0, 500), body: '', headers: [] };
  return { nonce, ok: true, body: shape.body.toString(), headers: [...shape.headers] };
}
