import { Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { AllowPublic } from '../../kernel/permission.ts';
import { quotaPerUnit } from '../../kernel/limits.ts';
import { version } from '../../kernel/version.ts';

@ObjectType({ description: 'What anyone may know of this instance.' })
export class Site {
  @Field(() => String)
  version!: string;

  @Field(() => Int, { description: 'Quota units to one US dollar.' })
  quotaPerUnit!: number;

  @Field(() => String, { description: 'Where SDK clients reach the relay, without /v1.' })
  relayUrl!: string;
}

@Resolver(() => Site)
export class SiteResolver {
  constructor(private readonly relayUrl: string) {}

  @AllowPublic()
  @Query(() => Site)
  site(): Site {
    return { version, quotaPerUnit, relayUrl: this.relayUrl };
  }
}
