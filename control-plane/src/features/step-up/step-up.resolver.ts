import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { AllowSelf } from '../../kernel/permission.ts';
import { Viewer } from '../viewer/viewer.type.ts';
import type { StepUpService } from './step-up.service.ts';
import { StepUpInput, StepUpPayload, StepUpState } from './step-up.types.ts';

const verify = (when: string, bind: string) => `@rest(method: POST, path: "/api/verify", auth: [SESSION], rate: CRITICAL, view: "LegacyVerified", when: "${when}", bind: [${bind}])`;

@Resolver(() => Viewer)
export class StepUpResolver {
  constructor(private readonly service: StepUpService) {}

  @AllowSelf()
  @Directive('@rest(method: GET, path: "/api/verify/status", view: "LegacyVerifyStatus")')
  @FieldResolver(() => StepUpState)
  stepUp(@Ctx() ctx: RequestContext): Promise<StepUpState> {
    return this.service.state(ctx);
  }

  @AllowSelf()
  @Directive(verify("body.method == '2fa'", '{from: "const:TOTP", to: "input.method"}, {from: "body.code", to: "input.code"}'))
  @Directive(verify("body.method == 'passkey'", '{from: "const:PASSKEY", to: "input.method"}'))
  @Mutation(() => StepUpPayload, { description: 'Proves who is there. It counts for this session and 300 seconds, for fields that carry @stepUp.' })
  stepUpVerify(@Ctx() ctx: RequestContext, @Arg('input', () => StepUpInput) input: StepUpInput): Promise<StepUpPayload> {
    return this.service.verify(ctx, input);
  }
}
