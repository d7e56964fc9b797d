/** urql with its exchanges in the order in which an operation meets them. */
import { cacheExchange, Client, fetchExchange, subscriptionExchange } from 'urql';
import { i18n } from '../i18n/i18n.ts';
import { fetchDocument } from './fetch-document.ts';
import { forwardLive } from './live-subscription.ts';
import type { LiveConnection } from './live.ts';
import { sessionEndExchange } from './session-end.ts';
import { stepUpExchange } from './step-up.ts';

export function createConsoleClient(live: LiveConnection): Client {
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetch: fetchDocument,
    requestPolicy: 'cache-and-network',
    // The header is what a foreign site's form cannot send: the guard of cookie sessions against forged requests.
    fetchOptions: () => ({
      credentials: 'same-origin',
      headers: { 'x-requested-with': 'weir-console', 'accept-language': i18n.language },
    }),
    exchanges: [
      sessionEndExchange,                                // first: sees every error, whatever answered
      stepUpExchange,                                    // before the cache: an act that waits is sent again as if it were new
      cacheExchange,                                     // before the network: a page that was seen shows at once
      fetchExchange,                                     // queries and mutations end here
      subscriptionExchange({ forwardSubscription: forwardLive(live.client) }),   // last: what is left are subscriptions
    ],
  });
}
