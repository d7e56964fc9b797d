/** The schema, from the list of resolvers. `pnpm gen` prints it to /schema.graphql. */
import 'reflect-metadata';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { GraphQLSchema, isEnumType, lexicographicSortSchema, specifiedDirectives } from 'graphql';
import { buildSchemaSync, registerEnumType, type ContainerType, type NonEmptyArray } from 'type-graphql';
import type { PubSub } from 'type-graphql';
import { auditMutations } from '../features/audit/audit-mutations.ts';
import { AuditResolver, ViewerAuditResolver } from '../features/audit/audit.resolver.ts';
import { RegisteredDocumentResolver } from '../features/integration-key/registered-document.resolver.ts';
import { JobUndoResolver } from '../features/bulk/job-undo.resolver.ts';
import { ChannelBulkResolver } from '../features/channel/bulk/channel-bulk.resolver.ts';
import { ChannelFacetsResolver } from '../features/channel/channel-facets.resolver.ts';
import { ChannelFormResolver } from '../features/channel/channel-form.resolver.ts';
import { OverrideTestResolver } from '../features/channel/route/override-test.resolver.ts';
import { RouteResolver } from '../features/channel/route/route.resolver.ts';
import { ChannelResolver } from '../features/channel/channel.resolver.ts';
import { ProviderResolver } from '../features/channel/provider/provider.resolver.ts';
import { ViewerModelsResolver } from '../features/channel/viewer-models.resolver.ts';
import { CredentialResolver } from '../features/channel/credential/credential.resolver.ts';
import { CredentialRevealResolver } from '../features/channel/credential/credential-reveal.resolver.ts';
import { ExportResolver } from '../features/export/export.resolver.ts';
import { GroupResolver } from '../features/group/group.resolver.ts';
import { IdentityResolver, UserBindingsResolver } from '../features/identity/identity.resolver.ts';
import { SiteSignInResolver } from '../features/identity/site-sign-in.resolver.ts';
import { IntegrationKeyResolver } from '../features/integration-key/integration-key.resolver.ts';
import { ChannelEventResolver } from '../features/channel/standing/channel-event.resolver.ts';
import { JobResolver } from '../features/job/job.resolver.ts';
import { LedgerResolver, ViewerLedgerResolver } from '../features/ledger/ledger.resolver.ts';
import { ViewerGroupsResolver } from '../features/group/viewer-groups.resolver.ts';
import { LiveEvent } from '../features/live/live-events.ts';
import { LiveResolver } from '../features/live/live.resolver.ts';
import { LogDeleteResolver } from '../features/log/log-delete.resolver.ts';
import { LogAttemptResolver } from '../features/log/log-attempt.resolver.ts';
import { LogResolver } from '../features/log/log.resolver.ts';
import { LogTailResolver } from '../features/log/tail/log-tail.resolver.ts';
import { UsageTickerResolver } from '../features/statistics/ticker/usage-ticker.resolver.ts';
import { StatisticsResolver, ViewerStatisticsResolver } from '../features/statistics/statistics.resolver.ts';
import { TaskResolver, ViewerTasksResolver } from '../features/task/task.resolver.ts';
import { TokenLogsResolver } from '../features/log/token-logs.resolver.ts';
import { ViewerLogsResolver } from '../features/log/viewer-logs.resolver.ts';
import { ModelFacetsResolver, ModelResolver } from '../features/model/model.resolver.ts';
import { ModelSyncResolver } from '../features/model/sync/model-sync.resolver.ts';
import { OptionResolver } from '../features/option/option.resolver.ts';
import { PasskeyResolver } from '../features/passkey/passkey.resolver.ts';
import { PrefillGroupResolver } from '../features/prefill-group/prefill-group.resolver.ts';
import { PriceSyncResolver } from '../features/price-sync/price-sync.resolver.ts';
import { PriceResolver } from '../features/price/price.resolver.ts';
import { PriceListResolver } from '../features/pricing/price-list.resolver.ts';
import { WhatIfResolver } from '../features/pricing/what-if.resolver.ts';
import { RatioConfigResolver } from '../features/pricing/ratio-config.resolver.ts';
import { RedemptionResolver } from '../features/redemption/redemption.resolver.ts';
import { RelayResolver } from '../features/relay-link/relay.resolver.ts';
import { wireTypes } from '../features/relay-link/wire/wire-types.ts';
import { RoleResolver } from '../features/role/role.resolver.ts';
import { SessionResolver, ViewerSessionsResolver } from '../features/session/session.resolver.ts';
import { SetupResolver } from '../features/setup/setup.resolver.ts';
import { AnnouncementResolver } from '../features/site/announcement.resolver.ts';
import { ContentResolver } from '../features/site/content.resolver.ts';
import { SiteDisplayResolver } from '../features/site/site-display.resolver.ts';
import { SystemResolver } from '../features/site/system.resolver.ts';
import { UptimeResolver } from '../features/site/uptime.resolver.ts';
import { SiteResolver } from '../features/site/site.resolver.ts';
import { StepUpResolver } from '../features/step-up/step-up.resolver.ts';
import { RedemptionBulkResolver } from '../features/redemption/redemption-bulk.resolver.ts';
import { TokenBulkResolver } from '../features/token/token-bulk.resolver.ts';
import { UserBulkResolver } from '../features/user/user-bulk.resolver.ts';
import { TokenResolver, ViewerTokensResolver } from '../features/token/token.resolver.ts';
import { TwoFactorResolver, UserFactorsResolver } from '../features/two-factor/two-factor.resolver.ts';
import { UserResolver } from '../features/user/user.resolver.ts';
import { VendorResolver } from '../features/vendor/vendor.resolver.ts';
import { ViewerResolver } from '../features/viewer/viewer.resolver.ts';
import { InviteResolver, UserInviteResolver, ViewerInviteResolver } from '../features/invite/invite.resolver.ts';
import { RegistrationResolver } from '../features/registration/registration.resolver.ts';
import { SiteRegistrationResolver } from '../features/registration/site-registration.resolver.ts';
import { TopUpResolver, ViewerTopUpsResolver } from '../features/payment/order/top-up.resolver.ts';
import { SitePaymentResolver } from '../features/payment/site-payment.resolver.ts';
import { CheckInResolver } from '../features/check-in/check-in.resolver.ts';
import { NotificationResolver, UserNotifySettingResolver, ViewerNotificationsResolver } from '../features/notification/notification.resolver.ts';
import { permissionTexts } from '../kernel/words/permission-texts.ts';
import { Permission, requiresDirective } from '../kernel/permission.ts';
import { restDirective } from '../kernel/http/rest-directive.ts';
import { stepUpDirective } from '../kernel/step-up.ts';
import { ofUsersDirective } from '../kernel/user-scope.ts';
import { bindSubscriptions } from '../kernel/running/subscribed-by.ts';
import { ConflictError, DeletePayload, OkPayload, PlainError, QuotaError, ValidationError } from '../kernel/words/user-error.ts';
import { describeSchema, silentPlaces } from './descriptions/describe-schema.ts';
import { enforcePolicies } from './policy.ts';
import { RateLimitResolver } from './limits/rate-limit.resolver.ts';
import { NodeResolver } from './node/node.resolver.ts';
import { refuseUnstorableText } from './storable-text.ts';

registerEnumType(Permission, {
  name: 'Permission', description: 'A right that a role holds.',
  valuesConfig: Object.fromEntries(Object.entries(permissionTexts).map(([name, description]) => [name, { description }])),
});

/** Every resolver of the product, in alphabetical order. */
export const resolvers: NonEmptyArray<Function> = [
  AnnouncementResolver,
  AuditResolver,
  ChannelBulkResolver,
  ChannelFacetsResolver,
  ChannelFormResolver,
  ChannelResolver,
  CheckInResolver,
  ContentResolver,
  CredentialResolver,
  CredentialRevealResolver,
  ExportResolver,
  GroupResolver,
  IdentityResolver,
  InviteResolver,
  IntegrationKeyResolver,
  ChannelEventResolver,
  JobResolver,
  JobUndoResolver,
  LedgerResolver,
  LiveResolver,
  LogDeleteResolver,
  LogAttemptResolver,
  LogResolver,
  LogTailResolver,
  ModelFacetsResolver,
  ModelResolver,
  ModelSyncResolver,
  NodeResolver,
  NotificationResolver,
  OptionResolver,
  OverrideTestResolver,
  PasskeyResolver,
  PrefillGroupResolver,
  PriceListResolver,
  PriceResolver,
  PriceSyncResolver,
  ProviderResolver,
  RateLimitResolver,
  RatioConfigResolver,
  WhatIfResolver,
  RedemptionBulkResolver,
  RegisteredDocumentResolver,
  RedemptionResolver,
  RegistrationResolver,
  RelayResolver,
  RoleResolver,
  RouteResolver,
  SessionResolver,
  SetupResolver,
  SitePaymentResolver,
  SiteRegistrationResolver,
  SiteDisplayResolver,
  SiteResolver,
  SystemResolver,
  UptimeResolver,
  StatisticsResolver,
  SiteSignInResolver,
  StepUpResolver,
  TaskResolver,
  TokenBulkResolver,
  TokenLogsResolver,
  TokenResolver,
  TopUpResolver,
  TwoFactorResolver,
  UsageTickerResolver,
  UserBindingsResolver,
  UserBulkResolver,
  UserFactorsResolver,
  UserInviteResolver,
  UserNotifySettingResolver,
  UserResolver,
  ViewerAuditResolver,
  VendorResolver,
  ViewerGroupsResolver,
  ViewerInviteResolver,
  ViewerLedgerResolver,
  ViewerLogsResolver,
  ViewerModelsResolver,
  ViewerNotificationsResolver,
  ViewerResolver,
  ViewerSessionsResolver,
  ViewerStatisticsResolver,
  ViewerTasksResolver,
  ViewerTokensResolver,
  ViewerTopUpsResolver,
];

const orphanedTypes = [LiveEvent, ...wireTypes, PlainError, ValidationError, ConflictError, QuotaError, OkPayload, DeletePayload];

const noPubSub: PubSub = {
  publish: () => {},
  subscribe: () => { throw new Error('This schema was built for printing only'); },
};

/** The directive takes the enum that the fields use: a second one of the same name would be another type. */
function withRequires(schema: GraphQLSchema): GraphQLSchema {
  const permission = schema.getType('Permission');
  if (!isEnumType(permission)) throw new Error('No field gives out the enum Permission');
  const config = schema.toConfig();
  return new GraphQLSchema({ ...config, directives: [...config.directives, requiresDirective(permission)] });
}

export function createSchema(container?: ContainerType, pubSub: PubSub = noPubSub): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers, orphanedTypes, pubSub, container,
    directives: [...specifiedDirectives, restDirective, stepUpDirective, ofUsersDirective],
    validate: false,
  });
  const bound = container ? bindSubscriptions(schema, container) : schema;
  return enforcePolicies(refuseUnstorableText(auditMutations(describeSchema(lexicographicSortSchema(withRequires(bound))))));
}

/** Throws when something says nothing of itself: it is told when the schema is written, not when somebody reads it. */
export function printSchema(schema: GraphQLSchema): string {
  const silent = silentPlaces(schema);
  if (silent.length > 0) throw new Error(`These have no description: ${silent.join(', ')}. Say what they mean where they are declared, or in control-plane/src/server/descriptions.`);
  return `${printSchemaWithDirectives(schema)}\n`;
}
