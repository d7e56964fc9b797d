import { FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { typedId } from '../../kernel/typed-id.ts';
import { LogAttempt } from './log-usage.type.ts';

/** Stored attempts know numbers: relays do. */
@Resolver(() => LogAttempt)
export class LogAttemptResolver {
  @FieldResolver(() => ID, { description: 'Typed id of the channel.' })
  channelRef(@Root() { channelId }: LogAttempt): string {
    return typedId('channel', channelId);
  }

  @FieldResolver(() => ID, { nullable: true, description: 'Typed id of the credential; null when none was chosen.' })
  credentialRef(@Root() { credentialId }: LogAttempt): string | null {
    return credentialId > 0 ? typedId('credential', credentialId) : null;
  }
}
