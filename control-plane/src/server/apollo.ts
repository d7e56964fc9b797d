/** Apollo, without its own sockets, signals, landing page or error texts. */
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { OperationTypeNode, type GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { RequestContext } from '../kernel/context.ts';
import { rateHeaders, settle } from './limits/charge.ts';
import type { CostBucket } from './limits/cost-bucket.ts';
import { largestTokenCount } from './limits/limits.ts';
import { identityOf, publicError, statusOf, toldOnce } from './public-error.ts';

/** Sets the status from the codes, puts the request id into every error, and says what the answer cost. */
const lastWord = (bucket: CostBucket, changed: () => Promise<void>): ApolloServerPlugin<RequestContext> => ({
  async requestDidStart() {
    return {
      async willSendResponse({ response, contextValue, operation }) {
        if (response.body.kind !== 'single') return;
        if (operation?.operation === OperationTypeNode.MUTATION) await changed();
        const result = response.body.singleResult;
        // 405 is Apollo's own, for a mutation over GET.
        if (response.http.status !== 405) response.http.status = statusOf(result);
        const wait = result.errors?.find((error) => error.extensions?.code === 'THROTTLED')?.extensions?.retryAfterMs;
        const cost = settle(bucket, contextValue, result.data);
        result.extensions = { ...result.extensions, ...identityOf(contextValue), ...(cost && { cost }) };
        for (const [name, value] of rateHeaders(contextValue)) response.http.headers.set(name, value);
        if (typeof wait === 'number') response.http.headers.set('retry-after', String(Math.ceil(wait / 1_000)));
        if (result.errors) result.errors = toldOnce(result.errors, contextValue);
      },
    };
  },
});

/** @param changed what each mutation waits for before it is answered */
export async function startApollo(schema: GraphQLSchema, bucket: CostBucket, changed: () => Promise<void>, log: Logger): Promise<ApolloServer<RequestContext>> {
  const apollo = new ApolloServer<RequestContext>({
    schema,
    introspection: true,                                 // who may is decided by the limits, for HTTP and WebSocket alike
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    stopOnTerminationSignals: false,                     // main.ts stops everything, in order
    parseOptions: { maxTokens: largestTokenCount },
    formatError: (formatted, error) => publicError(formatted, error, log),
    // No field has a hint for caches, and to ask each one for it took a tenth of a page's time; security-headers.ts says no-store.
    plugins: [lastWord(bucket, changed), ApolloServerPluginCacheControlDisabled(), ApolloServerPluginLandingPageDisabled()],
    logger: { debug: () => {}, info: () => {}, warn: (text) => log.warn(text), error: (text) => log.error(text) },
  });
  await apollo.start();
  return apollo;
}
