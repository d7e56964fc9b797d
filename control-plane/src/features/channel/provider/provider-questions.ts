/** Asks a provider about an account, through a relay, and says in people's words why there is no answer. */
import type { RequestContext } from '../../../kernel/context.ts';
import { say, type MessageCode } from '../../../kernel/words/messages.ts';
import { PlainError, UserErrorCode } from '../../../kernel/words/user-error.ts';
import type { ChannelProbes, ProviderAccount } from '../../relay-link/channel-probes.ts';
import type { ProviderInquiryResult, ProviderQuestion } from '../../relay-link/wire/inquiry.ts';

export type Inquire = ChannelProbes['inquire'];
type Language = RequestContext['language'];

export class ProviderQuestions {
  constructor(private readonly inquire: Inquire) {}

  async ask(language: Language, question: ProviderQuestion, account: ProviderAccount): Promise<ProviderInquiryResult | PlainError> {
    const answer = await this.inquire(question, account);
    if (!answer) return new PlainError(UserErrorCode.UPSTREAM_FAILED, 'channel_no_relay', say('channel_no_relay', language));
    if (answer.ok) return answer;
    if (answer.failure === 'not_offered') return new PlainError(UserErrorCode.UNSUPPORTED, 'provider_tells_not', say('provider_tells_not', language));
    return new PlainError(UserErrorCode.UPSTREAM_FAILED, 'provider_unreadable', [say('provider_unreadable', language), answer.failure, answer.detail].filter(Boolean).join(': '));
  }
}

export const refused = (language: Language, message: MessageCode): PlainError => new PlainError(UserErrorCode.UNSUPPORTED, message, say(message, language));
