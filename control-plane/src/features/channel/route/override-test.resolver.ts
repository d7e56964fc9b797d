/** Trying out overrides before a channel has them. */
import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { RequestContext } from '../../../kernel/context.ts';
import { Allow, Permission } from '../../../kernel/permission.ts';
import { refusal, Refusals } from '../../../kernel/words/refusal.ts';
import { UserError, UserErrorCode } from '../../../kernel/words/user-error.ts';
import type { ChannelProbes } from '../../relay-link/channel-probes.ts';
import { readMapping } from '../check/model-mapping.ts';
import { headerOverrideForm, paramOverrideForm } from '../check/rule-forms.ts';
import { mappedName } from './route-preview.ts';

@InputType()
export class HeaderInput {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}

@InputType({ description: 'A request of a client, and what a channel would do to it. Texts are JSON, as the fields of a channel.' })
export class ParamOverrideTestInput {
  @Field(() => String, { description: 'The body of the request: a JSON object of at most 100,000 characters.' })
  request!: string;

  @Field(() => [HeaderInput], { defaultValue: [], description: 'Of the client, at most 100.' })
  headers!: HeaderInput[];

  @Field(() => String, { defaultValue: '/v1/chat/completions' })
  path!: string;

  @Field(() => String, { nullable: true })
  modelMapping?: string | null;

  @Field(() => String, { nullable: true })
  paramOverride?: string | null;

  @Field(() => String, { nullable: true })
  headerOverride?: string | null;
}

@ObjectType()
export class RehearsedHeader {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}

@ObjectType({ description: 'The request after mapping and overrides.' })
export class ParamOverrideTestPayload {
  @Field(() => String, { nullable: true, description: 'Null when the overrides refuse the request.' })
  request: string | null = null;

  @Field(() => [RehearsedHeader], { description: 'That the overrides add. CREDENTIAL stands where the secret of the channel would.' })
  headers: RehearsedHeader[] = [];

  @Field(() => Int, { nullable: true, description: 'HTTP status with which the overrides refuse it.' })
  refusalStatus: number | null = null;

  @Field(() => String, { nullable: true })
  refusalText: string | null = null;

  @Field(() => [UserError])
  userErrors: UserError[] = [];
}

const longest = 100_000, mostHeaders = 100;

function readJson(text: string): unknown {
  try { return JSON.parse(text); } catch { return undefined; }
}

function check(ctx: RequestContext, { request, headers, path, modelMapping, paramOverride, headerOverride }: ParamOverrideTestInput): Refusals {
  const faults = new Refusals(ctx), body = readJson(request);
  faults.unless(request.length <= longest, 'text_too_long', ['input', 'request'], UserErrorCode.TOO_LONG, { max: String(longest) });
  faults.unless(typeof body === 'object' && body !== null && !Array.isArray(body), 'json_malformed', ['input', 'request']);
  faults.unless(headers.length <= mostHeaders && headers.every(({ name, value }) => name.length <= 200 && value.length <= 4_000), 'too_many_items', ['input', 'headers'], UserErrorCode.TOO_LONG);
  faults.unless(path.length <= 500, 'text_too_long', ['input', 'path'], UserErrorCode.TOO_LONG);
  faults.unless(typeof readMapping(modelMapping ?? '') !== 'string', 'json_malformed', ['input', 'modelMapping']);
  for (const [name, text, form] of [['paramOverride', paramOverride, paramOverrideForm], ['headerOverride', headerOverride, headerOverrideForm]] as const) {
    if (text?.trim()) faults.unless(text.length <= longest && form.safeParse(readJson(text)).success, 'json_malformed', ['input', name]);
  }
  return faults;
}

/** The body under the name that the channel has for the model. */
function mapped({ request, modelMapping }: ParamOverrideTestInput): { body: string; model: string; upstreamModel: string } {
  const body = JSON.parse(request) as Record<string, unknown>, mapping = readMapping(modelMapping ?? ''), model = typeof body['model'] === 'string' ? body['model'] : '';
  const upstreamModel = typeof mapping === 'string' ? model : mappedName(model, mapping);
  return { body: upstreamModel === model ? request : JSON.stringify({ ...body, model: upstreamModel }), model, upstreamModel };
}

@Resolver()
export class OverrideTestResolver {
  constructor(private readonly relays: Pick<ChannelProbes, 'rehearse'>) {}

  @Allow(Permission.CHANNEL_READ)
  @Mutation(() => ParamOverrideTestPayload, { description: 'A relay applies the mapping and the overrides to the request, and sends it to nobody.' })
  async paramOverrideTest(@Ctx() ctx: RequestContext, @Arg('input', () => ParamOverrideTestInput) input: ParamOverrideTestInput): Promise<ParamOverrideTestPayload> {
    const payload = new ParamOverrideTestPayload(), faults = check(ctx, input);
    if (faults.any) return Object.assign(payload, { userErrors: faults.list });
    const { path, paramOverride, headerOverride } = input, headers = input.headers.flatMap(({ name, value }) => [name, value]);
    const told = await this.relays.rehearse({ ...mapped(input), path, headers, paramOverride: paramOverride?.trim() || null, headerOverride: headerOverride?.trim() || null });
    if (!told) return Object.assign(payload, { userErrors: [refusal(ctx, UserErrorCode.UPSTREAM_FAILED, 'channel_no_relay')] });
    if (!told.ok) return Object.assign(payload, { refusalStatus: told.status ?? null, refusalText: told.detail ?? null });
    const pairs = told.headers.flatMap((name, index) => (index % 2 === 0 ? [{ name, value: told.headers[index + 1] ?? '' }] : []));
    return Object.assign(payload, { request: told.body, headers: pairs });
  }
}
