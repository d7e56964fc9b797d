/** Puts schema, services and doors together; main.ts adds the sockets, tests call the doors. */
import type { ApolloServer } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import type { WebSocketBehavior } from 'uWebSockets.js';
import { addressReader } from '../kernel/http/client-address.ts';
import { AuditSubscriber } from '../features/audit/audit-subscriber.ts';
import { sqlOf } from '../database/sql.ts';
import { widgetOrigin } from '../features/human/widget-origin.ts';
import { flagOption } from '../features/option/option-values.ts';
import type { RequestContext } from '../kernel/context.ts';
import { version } from '../kernel/version.ts';
import { DerivedKeys } from '../rest/derived-keys.ts';
import { KeptAnswer } from '../rest/kept-answer.ts';
import { createRestMount, isStatus } from '../rest/mount.ts';
import { startApollo } from './apollo.ts';
import { explorer } from './explorer/explorer.ts';
import { consoleFiles } from './http/console-files.ts';
import { discovery } from './http/discovery.ts';
import { frontDoor, type FrontDoor } from './http/front-door.ts';
import { withHumanPolicy } from './http/human-policy.ts';
import { graphqlDoor } from './http/graphql-http.ts';
import { readingMs } from './limits/in-time.ts';
import { TrustedDocuments } from './limits/trusted-documents.ts';
import { graphqlStream } from './sse/graphql-stream.ts';
import { graphqlSockets } from './socket/graphql-socket.ts';
import { healthOf, type Health } from './http/health.ts';
import { withRawRoutes } from './http/raw-routes.ts';
import { contextMaker, type NewContext } from './request-context.ts';
import { restLimits } from './http/rest-limits.ts';
import { rootOf } from './public-error.ts';
import { refusePolicy } from './policy.ts';
import { createSchema, printSchema } from './schema.ts';
import { buildServices, containerOf, type Foundation, type Services } from './services.ts';

/** Longer than the longest wait that a field may have: the test of a channel asks its provider. */
const patienceMs = 70_000;

export interface ControlPlane {
  services: Services;
  schema: GraphQLSchema;
  apollo: ApolloServer<RequestContext>;
  newContext: NewContext;
  door: FrontDoor;
  socketBehavior: WebSocketBehavior<unknown>;
  addressOf: (peer: string, forwardedFor: string | undefined) => string;
  health: Health;
}

export async function buildControlPlane(base: Foundation): Promise<ControlPlane> {
  const { config, log } = base;
  base.orm.em.getEventManager().registerSubscriber(new AuditSubscriber());
  const services = buildServices(base);
  const schema = createSchema(containerOf(services.resolvers), base.pubSub);
  const status = new KeptAnswer(config.statusCacheMs, () => performance.now());
  const changed = () => {
    status.forget();
    services.kept.forget();
    return services.caughtUp.wait();
  };
  const apollo = await startApollo(schema, services.bucket, changed, log);
  const newContext = contextMaker(base.orm, base.clock, services.authenticate);
  const addressOf = addressReader(config.trustedProxies);
  const health = healthOf(base.orm, base.redis);
  const publicUrl = new URL(config.publicUrl);
  const keys = new DerivedKeys(base.redis, base.clock);
  const limit = restLimits(services.limits);
  const rest = createRestMount(schema, {
    version, limit, readingMs, rawRoutes: services.rawRoutes, status, refusePolicy: ({ field }, context) => refusePolicy(field, context), idempotencyKey: (request, context) => keys.keyOf(request, context), changed,
    failed: (fault, { requestId, traceId, route }) => log.error({ err: rootOf(fault), requestId, traceId, route, path: fault.path }, 'a route failed'),
    strictStatus: ({ em }) => flagOption(sqlOf(em), 'strict_http_status'),
  });
  const gate = { schema, bucket: services.bucket, documents: new TrustedDocuments(config.consoleFolder) };
  const door = frontDoor({
    newContext, health, log, limits: services.limits, inFlight: services.inFlight, patienceMs, cookieDomain: config.cookieDomain, isTls: publicUrl.protocol === 'https:',
    discovery: discovery(schema, printSchema), explorer: explorer(), graphql: graphqlDoor(gate, apollo), stream: graphqlStream({ ...gate, watch: services.sockets, log }), ready: (message) => (isStatus(message) ? status.peek() : undefined), rest: withRawRoutes(services.rawRoutes, limit, rest.handle), console: withHumanPolicy(consoleFiles(config.consoleFolder), widgetOrigin(base.orm)),
  });
  const socketBehavior = graphqlSockets({ ...gate, newContext, watch: services.sockets, addressOf, origins: [publicUrl.origin], log });
  return { services, schema, apollo, newContext, door, socketBehavior, addressOf, health };
}
