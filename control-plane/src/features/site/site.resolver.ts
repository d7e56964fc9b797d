import { Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { AllowPublic } from '../../kernel/permission.ts';
import { version } from '../../kernel/version.ts';

@ObjectType({ description: 'What anyone may know of this instance.' })
export class Site {
  @Field(() => String)
  version!: string;

  @Field(() => Int, { description: 'Quota units to one US dollar.' })
  quotaPerUnit!: number;
}

@Resolver(() => Site)
export class SiteResolver {
  @AllowPublic()
  @Query(() => Site)
  site(): Site {
    return { version, quotaPerUnit: 500_000 };
  }
}
