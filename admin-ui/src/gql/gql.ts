/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query Account {\n    viewer {\n      user { id quota email }\n      invite { code url count pending lifetime }\n      checkIns { enabled today streak minQuota maxQuota totalQuota }\n      notifySetting { channel lowQuotaThreshold email webhookUrl barkUrl gotifyUrl gotifyPriority hasWebhookSecret hasGotifyToken recordIp }\n      topUpOptions { providers methods { type name } creemProducts { productId name price currency quota } presets inQuotaUnits }\n    }\n  }\n": typeof types.AccountDocument,
    "\n  mutation NotifySettingUpdate($input: NotifyPatch!) {\n    notifySettingUpdate(input: $input) { setting { channel } userErrors { __typename code message path } }\n  }\n": typeof types.NotifySettingUpdateDocument,
    "\n  mutation NotificationTest {\n    notificationTest { ok userErrors { __typename code message path } }\n  }\n": typeof types.NotificationTestDocument,
    "\n  mutation InviteTransfer($quota: Quota!, $key: String!) {\n    inviteRewardTransfer(quota: $quota, idempotencyKey: $key) { quota userErrors { __typename code message path } }\n  }\n": typeof types.InviteTransferDocument,
    "\n  mutation CheckIn($captcha: String) {\n    checkIn(captcha: $captcha) { checkIn { day quota } userErrors { __typename code message path } }\n  }\n": typeof types.CheckInDocument,
    "\n  mutation Redeem($code: String!, $key: String!) {\n    redemptionRedeem(code: $code, idempotencyKey: $key) { quota userErrors { __typename code message path } }\n  }\n": typeof types.RedeemDocument,
    "\n  mutation TopUpCreate($input: TopUpCreateInput!, $key: String!) {\n    topUpCreate(input: $input, idempotencyKey: $key) { checkout { url fields { name value } } userErrors { __typename code message path } }\n  }\n": typeof types.TopUpCreateDocument,
    "\n  query Channels($filter: ChannelFilter, $first: Int!, $offset: Int!) {\n    channels(filter: $filter, first: $first, offset: $offset) {\n      nodes {\n        id name status statusReason type baseUrl models groups priority weight tag testModel remark\n        responseTimeMs testedAt usedQuota version\n        credentials { id masked status }\n        modelMapping { from to }\n      }\n      pageInfo { hasNextPage }\n      totalCount { value precision }\n    }\n    channelTypes { id label baseUrl suggestedModels }\n  }\n": typeof types.ChannelsDocument,
    "\n  mutation ChannelCreate($input: ChannelCreateInput!) {\n    channelCreate(input: $input) { channels { id name } userErrors { __typename code message path } }\n  }\n": typeof types.ChannelCreateDocument,
    "\n  mutation ChannelUpdate($id: ID!, $input: ChannelPatch!, $expectedVersion: Int64) {\n    channelUpdate(id: $id, input: $input, expectedVersion: $expectedVersion) { channel { id name status version } userErrors { __typename code message path } }\n  }\n": typeof types.ChannelUpdateDocument,
    "\n  mutation ChannelKeyReveal($id: ID!) {\n    channelKeyReveal(channelId: $id) { credentials { id secret } userErrors { __typename code message path } }\n  }\n": typeof types.ChannelKeyRevealDocument,
    "\n  mutation ChannelDelete($id: ID!) {\n    channelDelete(id: $id) { deletedId userErrors { __typename code message path } }\n  }\n": typeof types.ChannelDeleteDocument,
    "\n  mutation ChannelTest($id: ID!, $model: String) {\n    channelTest(id: $id, model: $model) {\n      result { ok model latencyMs httpStatus errorCode message channel { id responseTimeMs testedAt status } }\n      userErrors { __typename code message path }\n    }\n  }\n": typeof types.ChannelTestDocument,
    "\n  mutation ChannelTestMany {\n    channelTestMany { job { id } userErrors { __typename code message path } }\n  }\n": typeof types.ChannelTestManyDocument,
    "\n  subscription JobProgress($id: ID!) {\n    jobProgress(id: $id) { id status done total failed message }\n  }\n": typeof types.JobProgressDocument,
    "\n  fragment LogRow on Log {\n    id sequence at type model mappedModel username tokenName group channelName quota promptTokens completionTokens\n    durationMs firstTokenMs stream httpStatus errorCode requestId\n  }\n": typeof types.LogRowFragmentDoc,
    "\n  query OwnLogs($filter: LogFilter, $first: Int!, $offset: Int!) {\n    viewer {\n      user { id }\n      logs(filter: $filter, first: $first, offset: $offset) { nodes { ...LogRow } pageInfo { hasNextPage } }\n    }\n  }\n": typeof types.OwnLogsDocument,
    "\n  query AllLogs($filter: LogFilter, $first: Int!, $offset: Int!) {\n    logs(filter: $filter, first: $first, offset: $offset) { nodes { ...LogRow } pageInfo { hasNextPage } }\n  }\n": typeof types.AllLogsDocument,
    "\n  query LogDetail($id: ID!) {\n    log(id: $id) {\n      ...LogRow\n      content dialect endpoint ip tokensPerSecond\n      attempts { channelId status failure durationMs }\n      usage { source end outcome hold platformLoss tokens { input cacheRead cacheWrite cacheWrite1h output reasoning } }\n      pricing { mode modelRatio groupRatio callPrice quotaPerUnit exact quota version expression tier lines { name tokens ratio subtotal } }\n    }\n  }\n": typeof types.LogDetailDocument,
    "\n  subscription LogTail($filter: LogFilter, $after: String, $scope: LogScope!) {\n    logTail(filter: $filter, after: $after, scope: $scope) {\n      __typename\n      ... on LogBatch { cursor lagMs logs { ...LogRow } }\n      ... on LogGap { dropped from to sequenceFrom sequenceTo }\n      ... on LogHeartbeat { cursor at }\n    }\n  }\n": typeof types.LogTailDocument,
    "\n  subscription OwnRequests {\n    logTail(scope: SELF) {\n      __typename\n      ... on LogBatch { logs { id } }\n    }\n  }\n": typeof types.OwnRequestsDocument,
    "\n  query Models($filter: ModelFilter, $first: Int!, $offset: Int!) {\n    models(filter: $filter, first: $first, offset: $offset) {\n      nodes { id name nameRule description icon tags vendor { id name } endpoints enabled syncOfficial matchedModels updatedAt version }\n      pageInfo { hasNextPage }\n      totalCount { value }\n    }\n    missingModels\n  }\n": typeof types.ModelsDocument,
    "\n  query VendorNames {\n    vendors(first: 100) { nodes { id name } }\n  }\n": typeof types.VendorNamesDocument,
    "\n  mutation ModelCreate($input: ModelPatch!) {\n    modelCreate(input: $input) { model { id } userErrors { __typename code message path } }\n  }\n": typeof types.ModelCreateDocument,
    "\n  mutation ModelUpdate($id: ID!, $input: ModelPatch!, $expectedVersion: Int64) {\n    modelUpdate(id: $id, input: $input, expectedVersion: $expectedVersion) { model { id version } userErrors { __typename code message path } }\n  }\n": typeof types.ModelUpdateDocument,
    "\n  mutation ModelSetEnabled($id: ID!, $enabled: Boolean!) {\n    modelSetEnabled(id: $id, enabled: $enabled) { model { id enabled version } userErrors { __typename code message path } }\n  }\n": typeof types.ModelSetEnabledDocument,
    "\n  mutation ModelDelete($id: ID!) {\n    modelDelete(id: $id) { deletedId userErrors { __typename code message path } }\n  }\n": typeof types.ModelDeleteDocument,
    "\n  query Options {\n    options { key section kind value description isDefault isSecret updatedAt }\n  }\n": typeof types.OptionsDocument,
    "\n  mutation OptionsUpdate($input: [OptionInput!]!) {\n    optionsUpdate(input: $input) { options { key value isDefault updatedAt } userErrors { __typename code message path } }\n  }\n": typeof types.OptionsUpdateDocument,
    "\n  query Overview($withChannels: Boolean!) {\n    viewer {\n      user { id username displayName quota usedQuota requestCount }\n      tokens(first: 1) { nodes { id } }\n    }\n    channels(first: 1) @include(if: $withChannels) { nodes { id models } }\n  }\n": typeof types.OverviewDocument,
    "\n  query Prices($search: String, $first: Int!, $offset: Int!) {\n    prices(search: $search, first: $first, offset: $offset) {\n      nodes {\n        model version mode since\n        set { modelRatio completionRatio cacheRatio createCacheRatio imageRatio audioRatio audioCompletionRatio callPrice tiered expression }\n        effective { modelRatio completionRatio cacheRatio callPrice }\n      }\n      pageInfo { hasNextPage }\n      totalCount { value }\n    }\n  }\n": typeof types.PricesDocument,
    "\n  mutation PricesUpdate($input: PricesPatch!) {\n    pricesUpdate(input: $input) { prices { model version } userErrors { __typename code message path } }\n  }\n": typeof types.PricesUpdateDocument,
    "\n  query Redemptions($filter: RedemptionFilter, $first: Int!, $offset: Int!) {\n    redemptions(filter: $filter, first: $first, offset: $offset) {\n      nodes { id name status maskedCode quota createdAt expiresAt redeemedAt redeemedBy { id username } version }\n      pageInfo { hasNextPage }\n      totalCount { value }\n    }\n  }\n": typeof types.RedemptionsDocument,
    "\n  mutation RedemptionBatchCreate($input: RedemptionBatchInput!, $idempotencyKey: String!) {\n    redemptionBatchCreate(input: $input, idempotencyKey: $idempotencyKey) { codes redemptions { id } userErrors { __typename code message path } }\n  }\n": typeof types.RedemptionBatchCreateDocument,
    "\n  mutation RedemptionSetStatus($id: ID!, $status: RedemptionStatus!) {\n    redemptionSetStatus(id: $id, status: $status) { redemption { id status version } userErrors { __typename code message path } }\n  }\n": typeof types.RedemptionSetStatusDocument,
    "\n  mutation RedemptionDelete($id: ID!) {\n    redemptionDelete(id: $id) { deletedId userErrors { __typename code message path } }\n  }\n": typeof types.RedemptionDeleteDocument,
    "\n  mutation RedemptionDeleteInvalid {\n    redemptionDeleteInvalid { deleted userErrors { __typename code message path } }\n  }\n": typeof types.RedemptionDeleteInvalidDocument,
    "\n  query Registration {\n    site { registration { open emailVerification captchaSiteKey captchaScript } }\n  }\n": typeof types.RegistrationDocument,
    "\n  mutation Register($input: RegisterInput!) {\n    accountRegister(input: $input) { ok userErrors { __typename code message path } }\n  }\n": typeof types.RegisterDocument,
    "\n  mutation CodeSend($email: String!, $captcha: String) {\n    emailVerificationSend(email: $email, captcha: $captcha) { ok userErrors { __typename code message path } }\n  }\n": typeof types.CodeSendDocument,
    "\n  mutation ResetSend($email: String!, $captcha: String) {\n    passwordResetSend(email: $email, captcha: $captcha) { ok userErrors { __typename code message path } }\n  }\n": typeof types.ResetSendDocument,
    "\n  mutation Reset($input: PasswordResetInput!) {\n    passwordReset(input: $input) { newPassword userErrors { __typename code message path } }\n  }\n": typeof types.ResetDocument,
    "\n  query Security {\n    site { signInMethods { kind clientId address } passkeys { isEnabled } }\n    viewer {\n      twoFactor { enabled lockedUntil backupCodesLeft }\n      passkeys { id name createdAt lastUsedAt }\n      bindings { kind subject label boundAt }\n      sessions { id ip userAgent createdAt lastSeenAt current }\n    }\n  }\n": typeof types.SecurityDocument,
    "\n  mutation TwoFactorBegin {\n    twoFactorBegin { secret otpauthUrl backupCodes userErrors { __typename code message path } }\n  }\n": typeof types.TwoFactorBeginDocument,
    "\n  mutation TwoFactorEnable($code: String!) {\n    twoFactorEnable(code: $code) { ok userErrors { __typename code message path } }\n  }\n": typeof types.TwoFactorEnableDocument,
    "\n  mutation TwoFactorDisable($code: String!) {\n    twoFactorDisable(code: $code) { ok userErrors { __typename code message path } }\n  }\n": typeof types.TwoFactorDisableDocument,
    "\n  mutation BackupCodes($code: String!) {\n    backupCodesRegenerate(code: $code) { backupCodes userErrors { __typename code message path } }\n  }\n": typeof types.BackupCodesDocument,
    "\n  mutation PasskeyRegisterBegin {\n    passkeyRegisterBegin { options userErrors { __typename code message path } }\n  }\n": typeof types.PasskeyRegisterBeginDocument,
    "\n  mutation PasskeyRegisterFinish($response: JSON!, $name: String!) {\n    passkeyRegisterFinish(input: { response: $response }, name: $name) { passkey { id name } userErrors { __typename code message path } }\n  }\n": typeof types.PasskeyRegisterFinishDocument,
    "\n  mutation PasskeyDelete($id: ID!) {\n    passkeyDelete(id: $id) { ok userErrors { __typename code message path } }\n  }\n": typeof types.PasskeyDeleteDocument,
    "\n  mutation BindingDelete($kind: IdentityKind!) {\n    bindingDelete(kind: $kind) { ok userErrors { __typename code message path } }\n  }\n": typeof types.BindingDeleteDocument,
    "\n  mutation SessionRevoke($ids: [ID!]!) {\n    sessionRevoke(ids: $ids) { ok userErrors { __typename code message path } }\n  }\n": typeof types.SessionRevokeDocument,
    "\n  mutation AccessTokenRotate {\n    accessTokenRotate { accessToken userErrors { __typename code message path } }\n  }\n": typeof types.AccessTokenRotateDocument,
    "\n  mutation StepUpVerify($input: StepUpInput!) {\n    stepUpVerify(input: $input) { validUntil userErrors { __typename code message path } }\n  }\n": typeof types.StepUpVerifyDocument,
    "\n  mutation PasskeyVerifyBegin {\n    passkeyVerifyBegin { options userErrors { __typename code message path } }\n  }\n": typeof types.PasskeyVerifyBeginDocument,
    "\n  mutation PasskeyVerifyFinish($response: JSON!) {\n    passkeyVerifyFinish(input: { response: $response }) { validUntil userErrors { __typename code message path } }\n  }\n": typeof types.PasskeyVerifyFinishDocument,
    "\n  query Viewer {\n    site { version quotaPerUnit relayUrl }\n    setup { done tokenNeeded }\n    viewer { user { id legacyId username displayName role group quota usedQuota requestCount } permissions }\n  }\n": typeof types.ViewerDocument,
    "\n  mutation SignIn($input: LoginInput!) {\n    sessionCreate(input: $input) { viewer { user { id username } } twoFactorRequired userErrors { __typename code message path } }\n  }\n": typeof types.SignInDocument,
    "\n  mutation SignOut {\n    sessionEnd { ok }\n  }\n": typeof types.SignOutDocument,
    "\n  mutation SecondStep($code: String!) {\n    sessionVerifyTwoFactor(input: { code: $code }) { viewer { user { id username } } userErrors { __typename code message path } }\n  }\n": typeof types.SecondStepDocument,
    "\n  query SignInWays {\n    site { signInMethods { kind clientId address } passkeys { isEnabled } }\n  }\n": typeof types.SignInWaysDocument,
    "\n  mutation OAuthBegin($provider: IdentityKind!) {\n    oauthBegin(provider: $provider) { url userErrors { __typename code message path } }\n  }\n": typeof types.OAuthBeginDocument,
    "\n  mutation OAuthFinish($provider: IdentityKind!, $code: String!, $state: String!) {\n    oauthFinish(provider: $provider, code: $code, state: $state) { viewer { user { id username } } twoFactorRequired bound userErrors { __typename code message path } }\n  }\n": typeof types.OAuthFinishDocument,
    "\n  mutation WeChatSignIn($code: String!) {\n    sessionWeChatCreate(code: $code) { viewer { user { id username } } twoFactorRequired userErrors { __typename code message path } }\n  }\n": typeof types.WeChatSignInDocument,
    "\n  mutation PasskeySignInBegin {\n    sessionPasskeyBegin { options userErrors { __typename code message path } }\n  }\n": typeof types.PasskeySignInBeginDocument,
    "\n  mutation PasskeySignInFinish($response: JSON!) {\n    sessionPasskeyFinish(input: { response: $response }) { viewer { user { id username } } userErrors { __typename code message path } }\n  }\n": typeof types.PasskeySignInFinishDocument,
    "\n  mutation SetupComplete($input: SetupInput!) {\n    setupComplete(input: $input) { ok userErrors { __typename code message path } }\n  }\n": typeof types.SetupCompleteDocument,
    "\n  query Tokens($filter: TokenFilter, $first: Int!, $offset: Int!) {\n    viewer {\n      user { id }\n      tokens(filter: $filter, first: $first, offset: $offset) {\n        nodes { id name status maskedKey unlimited remaining usedQuota group models allowIps expiresAt accessedAt createdAt version }\n        pageInfo { hasNextPage }\n        totalCount { value }\n      }\n    }\n  }\n": typeof types.TokensDocument,
    "\n  mutation TokenCreate($input: TokenCreateInput!) {\n    tokenCreate(input: $input) { key token { id name } userErrors { __typename code message path } }\n  }\n": typeof types.TokenCreateDocument,
    "\n  mutation TokenUpdate($id: ID!, $input: TokenPatch!, $expectedVersion: Int64) {\n    tokenUpdate(id: $id, input: $input, expectedVersion: $expectedVersion) { token { id version } userErrors { __typename code message path } }\n  }\n": typeof types.TokenUpdateDocument,
    "\n  mutation TokenSetStatus($id: ID!, $status: TokenStatus!) {\n    tokenSetStatus(id: $id, status: $status) { token { id status version } userErrors { __typename code message path } }\n  }\n": typeof types.TokenSetStatusDocument,
    "\n  mutation TokenDelete($id: ID!) {\n    tokenDelete(id: $id) { deletedId userErrors { __typename code message path } }\n  }\n": typeof types.TokenDeleteDocument,
};
const documents: Documents = {
    "\n  query Account {\n    viewer {\n      user { id quota email }\n      invite { code url count pending lifetime }\n      checkIns { enabled today streak minQuota maxQuota totalQuota }\n      notifySetting { channel lowQuotaThreshold email webhookUrl barkUrl gotifyUrl gotifyPriority hasWebhookSecret hasGotifyToken recordIp }\n      topUpOptions { providers methods { type name } creemProducts { productId name price currency quota } presets inQuotaUnits }\n    }\n  }\n": types.AccountDocument,
    "\n  mutation NotifySettingUpdate($input: NotifyPatch!) {\n    notifySettingUpdate(input: $input) { setting { channel } userErrors { __typename code message path } }\n  }\n": types.NotifySettingUpdateDocument,
    "\n  mutation NotificationTest {\n    notificationTest { ok userErrors { __typename code message path } }\n  }\n": types.NotificationTestDocument,
    "\n  mutation InviteTransfer($quota: Quota!, $key: String!) {\n    inviteRewardTransfer(quota: $quota, idempotencyKey: $key) { quota userErrors { __typename code message path } }\n  }\n": types.InviteTransferDocument,
    "\n  mutation CheckIn($captcha: String) {\n    checkIn(captcha: $captcha) { checkIn { day quota } userErrors { __typename code message path } }\n  }\n": types.CheckInDocument,
    "\n  mutation Redeem($code: String!, $key: String!) {\n    redemptionRedeem(code: $code, idempotencyKey: $key) { quota userErrors { __typename code message path } }\n  }\n": types.RedeemDocument,
    "\n  mutation TopUpCreate($input: TopUpCreateInput!, $key: String!) {\n    topUpCreate(input: $input, idempotencyKey: $key) { checkout { url fields { name value } } userErrors { __typename code message path } }\n  }\n": types.TopUpCreateDocument,
    "\n  query Channels($filter: ChannelFilter, $first: Int!, $offset: Int!) {\n    channels(filter: $filter, first: $first, offset: $offset) {\n      nodes {\n        id name status statusReason type baseUrl models groups priority weight tag testModel remark\n        responseTimeMs testedAt usedQuota version\n        credentials { id masked status }\n        modelMapping { from to }\n      }\n      pageInfo { hasNextPage }\n      totalCount { value precision }\n    }\n    channelTypes { id label baseUrl suggestedModels }\n  }\n": types.ChannelsDocument,
    "\n  mutation ChannelCreate($input: ChannelCreateInput!) {\n    channelCreate(input: $input) { channels { id name } userErrors { __typename code message path } }\n  }\n": types.ChannelCreateDocument,
    "\n  mutation ChannelUpdate($id: ID!, $input: ChannelPatch!, $expectedVersion: Int64) {\n    channelUpdate(id: $id, input: $input, expectedVersion: $expectedVersion) { channel { id name status version } userErrors { __typename code message path } }\n  }\n": types.ChannelUpdateDocument,
    "\n  mutation ChannelKeyReveal($id: ID!) {\n    channelKeyReveal(channelId: $id) { credentials { id secret } userErrors { __typename code message path } }\n  }\n": types.ChannelKeyRevealDocument,
    "\n  mutation ChannelDelete($id: ID!) {\n    channelDelete(id: $id) { deletedId userErrors { __typename code message path } }\n  }\n": types.ChannelDeleteDocument,
    "\n  mutation ChannelTest($id: ID!, $model: String) {\n    channelTest(id: $id, model: $model) {\n      result { ok model latencyMs httpStatus errorCode message channel { id responseTimeMs testedAt status } }\n      userErrors { __typename code message path }\n    }\n  }\n": types.ChannelTestDocument,
    "\n  mutation ChannelTestMany {\n    channelTestMany { job { id } userErrors { __typename code message path } }\n  }\n": types.ChannelTestManyDocument,
    "\n  subscription JobProgress($id: ID!) {\n    jobProgress(id: $id) { id status done total failed message }\n  }\n": types.JobProgressDocument,
    "\n  fragment LogRow on Log {\n    id sequence at type model mappedModel username tokenName group channelName quota promptTokens completionTokens\n    durationMs firstTokenMs stream httpStatus errorCode requestId\n  }\n": types.LogRowFragmentDoc,
    "\n  query OwnLogs($filter: LogFilter, $first: Int!, $offset: Int!) {\n    viewer {\n      user { id }\n      logs(filter: $filter, first: $first, offset: $offset) { nodes { ...LogRow } pageInfo { hasNextPage } }\n    }\n  }\n": types.OwnLogsDocument,
    "\n  query AllLogs($filter: LogFilter, $first: Int!, $offset: Int!) {\n    logs(filter: $filter, first: $first, offset: $offset) { nodes { ...LogRow } pageInfo { hasNextPage } }\n  }\n": types.AllLogsDocument,
    "\n  query LogDetail($id: ID!) {\n    log(id: $id) {\n      ...LogRow\n      content dialect endpoint ip tokensPerSecond\n      attempts { channelId status failure durationMs }\n      usage { source end outcome hold platformLoss tokens { input cacheRead cacheWrite cacheWrite1h output reasoning } }\n      pricing { mode modelRatio groupRatio callPrice quotaPerUnit exact quota version expression tier lines { name tokens ratio subtotal } }\n    }\n  }\n": types.LogDetailDocument,
    "\n  subscription LogTail($filter: LogFilter, $after: String, $scope: LogScope!) {\n    logTail(filter: $filter, after: $after, scope: $scope) {\n      __typename\n      ... on LogBatch { cursor lagMs logs { ...LogRow } }\n      ... on LogGap { dropped from to sequenceFrom sequenceTo }\n      ... on LogHeartbeat { cursor at }\n    }\n  }\n": types.LogTailDocument,
    "\n  subscription OwnRequests {\n    logTail(scope: SELF) {\n      __typename\n      ... on LogBatch { logs { id } }\n    }\n  }\n": types.OwnRequestsDocument,
    "\n  query Models($filter: ModelFilter, $first: Int!, $offset: Int!) {\n    models(filter: $filter, first: $first, offset: $offset) {\n      nodes { id name nameRule description icon tags vendor { id name } endpoints enabled syncOfficial matchedModels updatedAt version }\n      pageInfo { hasNextPage }\n      totalCount { value }\n    }\n    missingModels\n  }\n": types.ModelsDocument,
    "\n  query VendorNames {\n    vendors(first: 100) { nodes { id name } }\n  }\n": types.VendorNamesDocument,
    "\n  mutation ModelCreate($input: ModelPatch!) {\n    modelCreate(input: $input) { model { id } userErrors { __typename code message path } }\n  }\n": types.ModelCreateDocument,
    "\n  mutation ModelUpdate($id: ID!, $input: ModelPatch!, $expectedVersion: Int64) {\n    modelUpdate(id: $id, input: $input, expectedVersion: $expectedVersion) { model { id version } userErrors { __typename code message path } }\n  }\n": types.ModelUpdateDocument,
    "\n  mutation ModelSetEnabled($id: ID!, $enabled: Boolean!) {\n    modelSetEnabled(id: $id, enabled: $enabled) { model { id enabled version } userErrors { __typename code message path } }\n  }\n": types.ModelSetEnabledDocument,
    "\n  mutation ModelDelete($id: ID!) {\n    modelDelete(id: $id) { deletedId userErrors { __typename code message path } }\n  }\n": types.ModelDeleteDocument,
    "\n  query Options {\n    options { key section kind value description isDefault isSecret updatedAt }\n  }\n": types.OptionsDocument,
    "\n  mutation OptionsUpdate($input: [OptionInput!]!) {\n    optionsUpdate(input: $input) { options { key value isDefault updatedAt } userErrors { __typename code message path } }\n  }\n": types.OptionsUpdateDocument,
    "\n  query Overview($withChannels: Boolean!) {\n    viewer {\n      user { id username displayName quota usedQuota requestCount }\n      tokens(first: 1) { nodes { id } }\n    }\n    channels(first: 1) @include(if: $withChannels) { nodes { id models } }\n  }\n": types.OverviewDocument,
    "\n  query Prices($search: String, $first: Int!, $offset: Int!) {\n    prices(search: $search, first: $first, offset: $offset) {\n      nodes {\n        model version mode since\n        set { modelRatio completionRatio cacheRatio createCacheRatio imageRatio audioRatio audioCompletionRatio callPrice tiered expression }\n        effective { modelRatio completionRatio cacheRatio callPrice }\n      }\n      pageInfo { hasNextPage }\n      totalCount { value }\n    }\n  }\n": types.PricesDocument,
    "\n  mutation PricesUpdate($input: PricesPatch!) {\n    pricesUpdate(input: $input) { prices { model version } userErrors { __typename code message path } }\n  }\n": types.PricesUpdateDocument,
    "\n  query Redemptions($filter: RedemptionFilter, $first: Int!, $offset: Int!) {\n    redemptions(filter: $filter, first: $first, offset: $offset) {\n      nodes { id name status maskedCode quota createdAt expiresAt redeemedAt redeemedBy { id username } version }\n      pageInfo { hasNextPage }\n      totalCount { value }\n    }\n  }\n": types.RedemptionsDocument,
    "\n  mutation RedemptionBatchCreate($input: RedemptionBatchInput!, $idempotencyKey: String!) {\n    redemptionBatchCreate(input: $input, idempotencyKey: $idempotencyKey) { codes redemptions { id } userErrors { __typename code message path } }\n  }\n": types.RedemptionBatchCreateDocument,
    "\n  mutation RedemptionSetStatus($id: ID!, $status: RedemptionStatus!) {\n    redemptionSetStatus(id: $id, status: $status) { redemption { id status version } userErrors { __typename code message path } }\n  }\n": types.RedemptionSetStatusDocument,
    "\n  mutation RedemptionDelete($id: ID!) {\n    redemptionDelete(id: $id) { deletedId userErrors { __typename code message path } }\n  }\n": types.RedemptionDeleteDocument,
    "\n  mutation RedemptionDeleteInvalid {\n    redemptionDeleteInvalid { deleted userErrors { __typename code message path } }\n  }\n": types.RedemptionDeleteInvalidDocument,
    "\n  query Registration {\n    site { registration { open emailVerification captchaSiteKey captchaScript } }\n  }\n": types.RegistrationDocument,
    "\n  mutation Register($input: RegisterInput!) {\n    accountRegister(input: $input) { ok userErrors { __typename code message path } }\n  }\n": types.RegisterDocument,
    "\n  mutation CodeSend($email: String!, $captcha: String) {\n    emailVerificationSend(email: $email, captcha: $captcha) { ok userErrors { __typename code message path } }\n  }\n": types.CodeSendDocument,
    "\n  mutation ResetSend($email: String!, $captcha: String) {\n    passwordResetSend(email: $email, captcha: $captcha) { ok userErrors { __typename code message path } }\n  }\n": types.ResetSendDocument,
    "\n  mutation Reset($input: PasswordResetInput!) {\n    passwordReset(input: $input) { newPassword userErrors { __typename code message path } }\n  }\n": types.ResetDocument,
    "\n  query Security {\n    site { signInMethods { kind clientId address } passkeys { isEnabled } }\n    viewer {\n      twoFactor { enabled lockedUntil backupCodesLeft }\n      passkeys { id name createdAt lastUsedAt }\n      bindings { kind subject label boundAt }\n      sessions { id ip userAgent createdAt lastSeenAt current }\n    }\n  }\n": types.SecurityDocument,
    "\n  mutation TwoFactorBegin {\n    twoFactorBegin { secret otpauthUrl backupCodes userErrors { __typename code message path } }\n  }\n": types.TwoFactorBeginDocument,
    "\n  mutation TwoFactorEnable($code: String!) {\n    twoFactorEnable(code: $code) { ok userErrors { __typename code message path } }\n  }\n": types.TwoFactorEnableDocument,
    "\n  mutation TwoFactorDisable($code: String!) {\n    twoFactorDisable(code: $code) { ok userErrors { __typename code message path } }\n  }\n": types.TwoFactorDisableDocument,
    "\n  mutation BackupCodes($code: String!) {\n    backupCodesRegenerate(code: $code) { backupCodes userErrors { __typename code message path } }\n  }\n": types.BackupCodesDocument,
    "\n  mutation PasskeyRegisterBegin {\n    passkeyRegisterBegin { options userErrors { __typename code message path } }\n  }\n": types.PasskeyRegisterBeginDocument,
    "\n  mutation PasskeyRegisterFinish($response: JSON!, $name: String!) {\n    passkeyRegisterFinish(input: { response: $response }, name: $name) { passkey { id name } userErrors { __typename code message path } }\n  }\n": types.PasskeyRegisterFinishDocument,
    "\n  mutation PasskeyDelete($id: ID!) {\n    passkeyDelete(id: $id) { ok userErrors { __typename code message path } }\n  }\n": types.PasskeyDeleteDocument,
    "\n  mutation BindingDelete($kind: IdentityKind!) {\n    bindingDelete(kind: $kind) { ok userErrors { __typename code message path } }\n  }\n": types.BindingDeleteDocument,
    "\n  mutation SessionRevoke($ids: [ID!]!) {\n    sessionRevoke(ids: $ids) { ok userErrors { __typename code message path } }\n  }\n": types.SessionRevokeDocument,
    "\n  mutation AccessTokenRotate {\n    accessTokenRotate { accessToken userErrors { __typename code message path } }\n  }\n": types.AccessTokenRotateDocument,
    "\n  mutation StepUpVerify($input: StepUpInput!) {\n    stepUpVerify(input: $input) { validUntil userErrors { __typename code message path } }\n  }\n": types.StepUpVerifyDocument,
    "\n  mutation PasskeyVerifyBegin {\n    passkeyVerifyBegin { options userErrors { __typename code message path } }\n  }\n": types.PasskeyVerifyBeginDocument,
    "\n  mutation PasskeyVerifyFinish($response: JSON!) {\n    passkeyVerifyFinish(input: { response: $response }) { validUntil userErrors { __typename code message path } }\n  }\n": types.PasskeyVerifyFinishDocument,
    "\n  query Viewer {\n    site { version quotaPerUnit relayUrl }\n    setup { done tokenNeeded }\n    viewer { user { id legacyId username displayName role group quota usedQuota requestCount } permissions }\n  }\n": types.ViewerDocument,
    "\n  mutation SignIn($input: LoginInput!) {\n    sessionCreate(input: $input) { viewer { user { id username } } twoFactorRequired userErrors { __typename code message path } }\n  }\n": types.SignInDocument,
    "\n  mutation SignOut {\n    sessionEnd { ok }\n  }\n": types.SignOutDocument,
    "\n  mutation SecondStep($code: String!) {\n    sessionVerifyTwoFactor(input: { code: $code }) { viewer { user { id username } } userErrors { __typename code message path } }\n  }\n": types.SecondStepDocument,
    "\n  query SignInWays {\n    site { signInMethods { kind clientId address } passkeys { isEnabled } }\n  }\n": types.SignInWaysDocument,
    "\n  mutation OAuthBegin($provider: IdentityKind!) {\n    oauthBegin(provider: $provider) { url userErrors { __typename code message path } }\n  }\n": types.OAuthBeginDocument,
    "\n  mutation OAuthFinish($provider: IdentityKind!, $code: String!, $state: String!) {\n    oauthFinish(provider: $provider, code: $code, state: $state) { viewer { user { id username } } twoFactorRequired bound userErrors { __typename code message path } }\n  }\n": types.OAuthFinishDocument,
    "\n  mutation WeChatSignIn($code: String!) {\n    sessionWeChatCreate(code: $code) { viewer { user { id username } } twoFactorRequired userErrors { __typename code message path } }\n  }\n": types.WeChatSignInDocument,
    "\n  mutation PasskeySignInBegin {\n    sessionPasskeyBegin { options userErrors { __typename code message path } }\n  }\n": types.PasskeySignInBeginDocument,
    "\n  mutation PasskeySignInFinish($response: JSON!) {\n    sessionPasskeyFinish(input: { response: $response }) { viewer { user { id username } } userErrors { __typename code message path } }\n  }\n": types.PasskeySignInFinishDocument,
    "\n  mutation SetupComplete($input: SetupInput!) {\n    setupComplete(input: $input) { ok userErrors { __typename code message path } }\n  }\n": types.SetupCompleteDocument,
    "\n  query Tokens($filter: TokenFilter, $first: Int!, $offset: Int!) {\n    viewer {\n      user { id }\n      tokens(filter: $filter, first: $first, offset: $offset) {\n        nodes { id name status maskedKey unlimited remaining usedQuota group models allowIps expiresAt accessedAt createdAt version }\n        pageInfo { hasNextPage }\n        totalCount { value }\n      }\n    }\n  }\n": types.TokensDocument,
    "\n  mutation TokenCreate($input: TokenCreateInput!) {\n    tokenCreate(input: $input) { key token { id name } userErrors { __typename code message path } }\n  }\n": types.TokenCreateDocument,
    "\n  mutation TokenUpdate($id: ID!, $input: TokenPatch!, $expectedVersion: Int64) {\n    tokenUpdate(id: $id, input: $input, expectedVersion: $expectedVersion) { token { id version } userErrors { __typename code message path } }\n  }\n": types.TokenUpdateDocument,
    "\n  mutation TokenSetStatus($id: ID!, $status: TokenStatus!) {\n    tokenSetStatus(id: $id, status: $status) { token { id status version } userErrors { __typename code message path } }\n  }\n": types.TokenSetStatusDocument,
    "\n  mutation TokenDelete($id: ID!) {\n    tokenDelete(id: $id) { deletedId userErrors { __typename code message path } }\n  }\n": types.TokenDeleteDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Account {\n    viewer {\n      user { id quota email }\n      invite { code url count pending lifetime }\n      checkIns { enabled today streak minQuota maxQuota totalQuota }\n      notifySetting { channel lowQuotaThreshold email webhookUrl barkUrl gotifyUrl gotifyPriority hasWebhookSecret hasGotifyToken recordIp }\n      topUpOptions { providers methods { type name } creemProducts { productId name price currency quota } presets inQuotaUnits }\n    }\n  }\n"): (typeof documents)["\n  query Account {\n    viewer {\n      user { id quota email }\n      invite { code url count pending lifetime }\n      checkIns { enabled today streak minQuota maxQuota totalQuota }\n      notifySetting { channel lowQuotaThreshold email webhookUrl barkUrl gotifyUrl gotifyPriority hasWebhookSecret hasGotifyToken recordIp }\n      topUpOptions { providers methods { type name } creemProducts { productId name price currency quota } presets inQuotaUnits }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation NotifySettingUpdate($input: NotifyPatch!) {\n    notifySettingUpdate(input: $input) { setting { channel } userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation NotifySettingUpdate($input: NotifyPatch!) {\n    notifySettingUpdate(input: $input) { setting { channel } userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation NotificationTest {\n    notificationTest { ok userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation NotificationTest {\n    notificationTest { ok userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation InviteTransfer($quota: Quota!, $key: String!) {\n    inviteRewardTransfer(quota: $quota, idempotencyKey: $key) { quota userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation InviteTransfer($quota: Quota!, $key: String!) {\n    inviteRewardTransfer(quota: $quota, idempotencyKey: $key) { quota userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CheckIn($captcha: String) {\n    checkIn(captcha: $captcha) { checkIn { day quota } userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation CheckIn($captcha: String) {\n    checkIn(captcha: $captcha) { checkIn { day quota } userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Redeem($code: String!, $key: String!) {\n    redemptionRedeem(code: $code, idempotencyKey: $key) { quota userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation Redeem($code: String!, $key: String!) {\n    redemptionRedeem(code: $code, idempotencyKey: $key) { quota userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TopUpCreate($input: TopUpCreateInput!, $key: String!) {\n    topUpCreate(input: $input, idempotencyKey: $key) { checkout { url fields { name value } } userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation TopUpCreate($input: TopUpCreateInput!, $key: String!) {\n    topUpCreate(input: $input, idempotencyKey: $key) { checkout { url fields { name value } } userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Channels($filter: ChannelFilter, $first: Int!, $offset: Int!) {\n    channels(filter: $filter, first: $first, offset: $offset) {\n      nodes {\n        id name status statusReason type baseUrl models groups priority weight tag testModel remark\n        responseTimeMs testedAt usedQuota version\n        credentials { id masked status }\n        modelMapping { from to }\n      }\n      pageInfo { hasNextPage }\n      totalCount { value precision }\n    }\n    channelTypes { id label baseUrl suggestedModels }\n  }\n"): (typeof documents)["\n  query Channels($filter: ChannelFilter, $first: Int!, $offset: Int!) {\n    channels(filter: $filter, first: $first, offset: $offset) {\n      nodes {\n        id name status statusReason type baseUrl models groups priority weight tag testModel remark\n        responseTimeMs testedAt usedQuota version\n        credentials { id masked status }\n        modelMapping { from to }\n      }\n      pageInfo { hasNextPage }\n      totalCount { value precision }\n    }\n    channelTypes { id label baseUrl suggestedModels }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChannelCreate($input: ChannelCreateInput!) {\n    channelCreate(input: $input) { channels { id name } userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation ChannelCreate($input: ChannelCreateInput!) {\n    channelCreate(input: $input) { channels { id name } userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChannelUpdate($id: ID!, $input: ChannelPatch!, $expectedVersion: Int64) {\n    channelUpdate(id: $id, input: $input, expectedVersion: $expectedVersion) { channel { id name status version } userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation ChannelUpdate($id: ID!, $input: ChannelPatch!, $expectedVersion: Int64) {\n    channelUpdate(id: $id, input: $input, expectedVersion: $expectedVersion) { channel { id name status version } userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChannelKeyReveal($id: ID!) {\n    channelKeyReveal(channelId: $id) { credentials { id secret } userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation ChannelKeyReveal($id: ID!) {\n    channelKeyReveal(channelId: $id) { credentials { id secret } userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChannelDelete($id: ID!) {\n    channelDelete(id: $id) { deletedId userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation ChannelDelete($id: ID!) {\n    channelDelete(id: $id) { deletedId userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChannelTest($id: ID!, $model: String) {\n    channelTest(id: $id, model: $model) {\n      result { ok model latencyMs httpStatus errorCode message channel { id responseTimeMs testedAt status } }\n      userErrors { __typename code message path }\n    }\n  }\n"): (typeof documents)["\n  mutation ChannelTest($id: ID!, $model: String) {\n    channelTest(id: $id, model: $model) {\n      result { ok model latencyMs httpStatus errorCode message channel { id responseTimeMs testedAt status } }\n      userErrors { __typename code message path }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChannelTestMany {\n    channelTestMany { job { id } userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation ChannelTestMany {\n    channelTestMany { job { id } userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription JobProgress($id: ID!) {\n    jobProgress(id: $id) { id status done total failed message }\n  }\n"): (typeof documents)["\n  subscription JobProgress($id: ID!) {\n    jobProgress(id: $id) { id status done total failed message }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment LogRow on Log {\n    id sequence at type model mappedModel username tokenName group channelName quota promptTokens completionTokens\n    durationMs firstTokenMs stream httpStatus errorCode requestId\n  }\n"): (typeof documents)["\n  fragment LogRow on Log {\n    id sequence at type model mappedModel username tokenName group channelName quota promptTokens completionTokens\n    durationMs firstTokenMs stream httpStatus errorCode requestId\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OwnLogs($filter: LogFilter, $first: Int!, $offset: Int!) {\n    viewer {\n      user { id }\n      logs(filter: $filter, first: $first, offset: $offset) { nodes { ...LogRow } pageInfo { hasNextPage } }\n    }\n  }\n"): (typeof documents)["\n  query OwnLogs($filter: LogFilter, $first: Int!, $offset: Int!) {\n    viewer {\n      user { id }\n      logs(filter: $filter, first: $first, offset: $offset) { nodes { ...LogRow } pageInfo { hasNextPage } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AllLogs($filter: LogFilter, $first: Int!, $offset: Int!) {\n    logs(filter: $filter, first: $first, offset: $offset) { nodes { ...LogRow } pageInfo { hasNextPage } }\n  }\n"): (typeof documents)["\n  query AllLogs($filter: LogFilter, $first: Int!, $offset: Int!) {\n    logs(filter: $filter, first: $first, offset: $offset) { nodes { ...LogRow } pageInfo { hasNextPage } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LogDetail($id: ID!) {\n    log(id: $id) {\n      ...LogRow\n      content dialect endpoint ip tokensPerSecond\n      attempts { channelId status failure durationMs }\n      usage { source end outcome hold platformLoss tokens { input cacheRead cacheWrite cacheWrite1h output reasoning } }\n      pricing { mode modelRatio groupRatio callPrice quotaPerUnit exact quota version expression tier lines { name tokens ratio subtotal } }\n    }\n  }\n"): (typeof documents)["\n  query LogDetail($id: ID!) {\n    log(id: $id) {\n      ...LogRow\n      content dialect endpoint ip tokensPerSecond\n      attempts { channelId status failure durationMs }\n      usage { source end outcome hold platformLoss tokens { input cacheRead cacheWrite cacheWrite1h output reasoning } }\n      pricing { mode modelRatio groupRatio callPrice quotaPerUnit exact quota version expression tier lines { name tokens ratio subtotal } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription LogTail($filter: LogFilter, $after: String, $scope: LogScope!) {\n    logTail(filter: $filter, after: $after, scope: $scope) {\n      __typename\n      ... on LogBatch { cursor lagMs logs { ...LogRow } }\n      ... on LogGap { dropped from to sequenceFrom sequenceTo }\n      ... on LogHeartbeat { cursor at }\n    }\n  }\n"): (typeof documents)["\n  subscription LogTail($filter: LogFilter, $after: String, $scope: LogScope!) {\n    logTail(filter: $filter, after: $after, scope: $scope) {\n      __typename\n      ... on LogBatch { cursor lagMs logs { ...LogRow } }\n      ... on LogGap { dropped from to sequenceFrom sequenceTo }\n      ... on LogHeartbeat { cursor at }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription OwnRequests {\n    logTail(scope: SELF) {\n      __typename\n      ... on LogBatch { logs { id } }\n    }\n  }\n"): (typeof documents)["\n  subscription OwnRequests {\n    logTail(scope: SELF) {\n      __typename\n      ... on LogBatch { logs { id } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Models($filter: ModelFilter, $first: Int!, $offset: Int!) {\n    models(filter: $filter, first: $first, offset: $offset) {\n      nodes { id name nameRule description icon tags vendor { id name } endpoints enabled syncOfficial matchedModels updatedAt version }\n      pageInfo { hasNextPage }\n      totalCount { value }\n    }\n    missingModels\n  }\n"): (typeof documents)["\n  query Models($filter: ModelFilter, $first: Int!, $offset: Int!) {\n    models(filter: $filter, first: $first, offset: $offset) {\n      nodes { id name nameRule description icon tags vendor { id name } endpoints enabled syncOfficial matchedModels updatedAt version }\n      pageInfo { hasNextPage }\n      totalCount { value }\n    }\n    missingModels\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query VendorNames {\n    vendors(first: 100) { nodes { id name } }\n  }\n"): (typeof documents)["\n  query VendorNames {\n    vendors(first: 100) { nodes { id name } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ModelCreate($input: ModelPatch!) {\n    modelCreate(input: $input) { model { id } userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation ModelCreate($input: ModelPatch!) {\n    modelCreate(input: $input) { model { id } userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ModelUpdate($id: ID!, $input: ModelPatch!, $expectedVersion: Int64) {\n    modelUpdate(id: $id, input: $input, expectedVersion: $expectedVersion) { model { id version } userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation ModelUpdate($id: ID!, $input: ModelPatch!, $expectedVersion: Int64) {\n    modelUpdate(id: $id, input: $input, expectedVersion: $expectedVersion) { model { id version } userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ModelSetEnabled($id: ID!, $enabled: Boolean!) {\n    modelSetEnabled(id: $id, enabled: $enabled) { model { id enabled version } userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation ModelSetEnabled($id: ID!, $enabled: Boolean!) {\n    modelSetEnabled(id: $id, enabled: $enabled) { model { id enabled version } userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ModelDelete($id: ID!) {\n    modelDelete(id: $id) { deletedId userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation ModelDelete($id: ID!) {\n    modelDelete(id: $id) { deletedId userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Options {\n    options { key section kind value description isDefault isSecret updatedAt }\n  }\n"): (typeof documents)["\n  query Options {\n    options { key section kind value description isDefault isSecret updatedAt }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OptionsUpdate($input: [OptionInput!]!) {\n    optionsUpdate(input: $input) { options { key value isDefault updatedAt } userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation OptionsUpdate($input: [OptionInput!]!) {\n    optionsUpdate(input: $input) { options { key value isDefault updatedAt } userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Overview($withChannels: Boolean!) {\n    viewer {\n      user { id username displayName quota usedQuota requestCount }\n      tokens(first: 1) { nodes { id } }\n    }\n    channels(first: 1) @include(if: $withChannels) { nodes { id models } }\n  }\n"): (typeof documents)["\n  query Overview($withChannels: Boolean!) {\n    viewer {\n      user { id username displayName quota usedQuota requestCount }\n      tokens(first: 1) { nodes { id } }\n    }\n    channels(first: 1) @include(if: $withChannels) { nodes { id models } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Prices($search: String, $first: Int!, $offset: Int!) {\n    prices(search: $search, first: $first, offset: $offset) {\n      nodes {\n        model version mode since\n        set { modelRatio completionRatio cacheRatio createCacheRatio imageRatio audioRatio audioCompletionRatio callPrice tiered expression }\n        effective { modelRatio completionRatio cacheRatio callPrice }\n      }\n      pageInfo { hasNextPage }\n      totalCount { value }\n    }\n  }\n"): (typeof documents)["\n  query Prices($search: String, $first: Int!, $offset: Int!) {\n    prices(search: $search, first: $first, offset: $offset) {\n      nodes {\n        model version mode since\n        set { modelRatio completionRatio cacheRatio createCacheRatio imageRatio audioRatio audioCompletionRatio callPrice tiered expression }\n        effective { modelRatio completionRatio cacheRatio callPrice }\n      }\n      pageInfo { hasNextPage }\n      totalCount { value }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PricesUpdate($input: PricesPatch!) {\n    pricesUpdate(input: $input) { prices { model version } userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation PricesUpdate($input: PricesPatch!) {\n    pricesUpdate(input: $input) { prices { model version } userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Redemptions($filter: RedemptionFilter, $first: Int!, $offset: Int!) {\n    redemptions(filter: $filter, first: $first, offset: $offset) {\n      nodes { id name status maskedCode quota createdAt expiresAt redeemedAt redeemedBy { id username } version }\n      pageInfo { hasNextPage }\n      totalCount { value }\n    }\n  }\n"): (typeof documents)["\n  query Redemptions($filter: RedemptionFilter, $first: Int!, $offset: Int!) {\n    redemptions(filter: $filter, first: $first, offset: $offset) {\n      nodes { id name status maskedCode quota createdAt expiresAt redeemedAt redeemedBy { id username } version }\n      pageInfo { hasNextPage }\n      totalCount { value }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RedemptionBatchCreate($input: RedemptionBatchInput!, $idempotencyKey: String!) {\n    redemptionBatchCreate(input: $input, idempotencyKey: $idempotencyKey) { codes redemptions { id } userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation RedemptionBatchCreate($input: RedemptionBatchInput!, $idempotencyKey: String!) {\n    redemptionBatchCreate(input: $input, idempotencyKey: $idempotencyKey) { codes redemptions { id } userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RedemptionSetStatus($id: ID!, $status: RedemptionStatus!) {\n    redemptionSetStatus(id: $id, status: $status) { redemption { id status version } userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation RedemptionSetStatus($id: ID!, $status: RedemptionStatus!) {\n    redemptionSetStatus(id: $id, status: $status) { redemption { id status version } userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RedemptionDelete($id: ID!) {\n    redemptionDelete(id: $id) { deletedId userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation RedemptionDelete($id: ID!) {\n    redemptionDelete(id: $id) { deletedId userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RedemptionDeleteInvalid {\n    redemptionDeleteInvalid { deleted userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation RedemptionDeleteInvalid {\n    redemptionDeleteInvalid { deleted userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Registration {\n    site { registration { open emailVerification captchaSiteKey captchaScript } }\n  }\n"): (typeof documents)["\n  query Registration {\n    site { registration { open emailVerification captchaSiteKey captchaScript } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Register($input: RegisterInput!) {\n    accountRegister(input: $input) { ok userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation Register($input: RegisterInput!) {\n    accountRegister(input: $input) { ok userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CodeSend($email: String!, $captcha: String) {\n    emailVerificationSend(email: $email, captcha: $captcha) { ok userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation CodeSend($email: String!, $captcha: String) {\n    emailVerificationSend(email: $email, captcha: $captcha) { ok userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResetSend($email: String!, $captcha: String) {\n    passwordResetSend(email: $email, captcha: $captcha) { ok userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation ResetSend($email: String!, $captcha: String) {\n    passwordResetSend(email: $email, captcha: $captcha) { ok userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Reset($input: PasswordResetInput!) {\n    passwordReset(input: $input) { newPassword userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation Reset($input: PasswordResetInput!) {\n    passwordReset(input: $input) { newPassword userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Security {\n    site { signInMethods { kind clientId address } passkeys { isEnabled } }\n    viewer {\n      twoFactor { enabled lockedUntil backupCodesLeft }\n      passkeys { id name createdAt lastUsedAt }\n      bindings { kind subject label boundAt }\n      sessions { id ip userAgent createdAt lastSeenAt current }\n    }\n  }\n"): (typeof documents)["\n  query Security {\n    site { signInMethods { kind clientId address } passkeys { isEnabled } }\n    viewer {\n      twoFactor { enabled lockedUntil backupCodesLeft }\n      passkeys { id name createdAt lastUsedAt }\n      bindings { kind subject label boundAt }\n      sessions { id ip userAgent createdAt lastSeenAt current }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TwoFactorBegin {\n    twoFactorBegin { secret otpauthUrl backupCodes userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation TwoFactorBegin {\n    twoFactorBegin { secret otpauthUrl backupCodes userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TwoFactorEnable($code: String!) {\n    twoFactorEnable(code: $code) { ok userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation TwoFactorEnable($code: String!) {\n    twoFactorEnable(code: $code) { ok userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TwoFactorDisable($code: String!) {\n    twoFactorDisable(code: $code) { ok userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation TwoFactorDisable($code: String!) {\n    twoFactorDisable(code: $code) { ok userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation BackupCodes($code: String!) {\n    backupCodesRegenerate(code: $code) { backupCodes userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation BackupCodes($code: String!) {\n    backupCodesRegenerate(code: $code) { backupCodes userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PasskeyRegisterBegin {\n    passkeyRegisterBegin { options userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation PasskeyRegisterBegin {\n    passkeyRegisterBegin { options userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PasskeyRegisterFinish($response: JSON!, $name: String!) {\n    passkeyRegisterFinish(input: { response: $response }, name: $name) { passkey { id name } userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation PasskeyRegisterFinish($response: JSON!, $name: String!) {\n    passkeyRegisterFinish(input: { response: $response }, name: $name) { passkey { id name } userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PasskeyDelete($id: ID!) {\n    passkeyDelete(id: $id) { ok userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation PasskeyDelete($id: ID!) {\n    passkeyDelete(id: $id) { ok userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation BindingDelete($kind: IdentityKind!) {\n    bindingDelete(kind: $kind) { ok userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation BindingDelete($kind: IdentityKind!) {\n    bindingDelete(kind: $kind) { ok userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SessionRevoke($ids: [ID!]!) {\n    sessionRevoke(ids: $ids) { ok userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation SessionRevoke($ids: [ID!]!) {\n    sessionRevoke(ids: $ids) { ok userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AccessTokenRotate {\n    accessTokenRotate { accessToken userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation AccessTokenRotate {\n    accessTokenRotate { accessToken userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StepUpVerify($input: StepUpInput!) {\n    stepUpVerify(input: $input) { validUntil userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation StepUpVerify($input: StepUpInput!) {\n    stepUpVerify(input: $input) { validUntil userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PasskeyVerifyBegin {\n    passkeyVerifyBegin { options userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation PasskeyVerifyBegin {\n    passkeyVerifyBegin { options userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PasskeyVerifyFinish($response: JSON!) {\n    passkeyVerifyFinish(input: { response: $response }) { validUntil userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation PasskeyVerifyFinish($response: JSON!) {\n    passkeyVerifyFinish(input: { response: $response }) { validUntil userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Viewer {\n    site { version quotaPerUnit relayUrl }\n    setup { done tokenNeeded }\n    viewer { user { id legacyId username displayName role group quota usedQuota requestCount } permissions }\n  }\n"): (typeof documents)["\n  query Viewer {\n    site { version quotaPerUnit relayUrl }\n    setup { done tokenNeeded }\n    viewer { user { id legacyId username displayName role group quota usedQuota requestCount } permissions }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignIn($input: LoginInput!) {\n    sessionCreate(input: $input) { viewer { user { id username } } twoFactorRequired userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation SignIn($input: LoginInput!) {\n    sessionCreate(input: $input) { viewer { user { id username } } twoFactorRequired userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignOut {\n    sessionEnd { ok }\n  }\n"): (typeof documents)["\n  mutation SignOut {\n    sessionEnd { ok }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SecondStep($code: String!) {\n    sessionVerifyTwoFactor(input: { code: $code }) { viewer { user { id username } } userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation SecondStep($code: String!) {\n    sessionVerifyTwoFactor(input: { code: $code }) { viewer { user { id username } } userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SignInWays {\n    site { signInMethods { kind clientId address } passkeys { isEnabled } }\n  }\n"): (typeof documents)["\n  query SignInWays {\n    site { signInMethods { kind clientId address } passkeys { isEnabled } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OAuthBegin($provider: IdentityKind!) {\n    oauthBegin(provider: $provider) { url userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation OAuthBegin($provider: IdentityKind!) {\n    oauthBegin(provider: $provider) { url userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OAuthFinish($provider: IdentityKind!, $code: String!, $state: String!) {\n    oauthFinish(provider: $provider, code: $code, state: $state) { viewer { user { id username } } twoFactorRequired bound userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation OAuthFinish($provider: IdentityKind!, $code: String!, $state: String!) {\n    oauthFinish(provider: $provider, code: $code, state: $state) { viewer { user { id username } } twoFactorRequired bound userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation WeChatSignIn($code: String!) {\n    sessionWeChatCreate(code: $code) { viewer { user { id username } } twoFactorRequired userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation WeChatSignIn($code: String!) {\n    sessionWeChatCreate(code: $code) { viewer { user { id username } } twoFactorRequired userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PasskeySignInBegin {\n    sessionPasskeyBegin { options userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation PasskeySignInBegin {\n    sessionPasskeyBegin { options userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PasskeySignInFinish($response: JSON!) {\n    sessionPasskeyFinish(input: { response: $response }) { viewer { user { id username } } userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation PasskeySignInFinish($response: JSON!) {\n    sessionPasskeyFinish(input: { response: $response }) { viewer { user { id username } } userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetupComplete($input: SetupInput!) {\n    setupComplete(input: $input) { ok userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation SetupComplete($input: SetupInput!) {\n    setupComplete(input: $input) { ok userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Tokens($filter: TokenFilter, $first: Int!, $offset: Int!) {\n    viewer {\n      user { id }\n      tokens(filter: $filter, first: $first, offset: $offset) {\n        nodes { id name status maskedKey unlimited remaining usedQuota group models allowIps expiresAt accessedAt createdAt version }\n        pageInfo { hasNextPage }\n        totalCount { value }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Tokens($filter: TokenFilter, $first: Int!, $offset: Int!) {\n    viewer {\n      user { id }\n      tokens(filter: $filter, first: $first, offset: $offset) {\n        nodes { id name status maskedKey unlimited remaining usedQuota group models allowIps expiresAt accessedAt createdAt version }\n        pageInfo { hasNextPage }\n        totalCount { value }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TokenCreate($input: TokenCreateInput!) {\n    tokenCreate(input: $input) { key token { id name } userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation TokenCreate($input: TokenCreateInput!) {\n    tokenCreate(input: $input) { key token { id name } userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TokenUpdate($id: ID!, $input: TokenPatch!, $expectedVersion: Int64) {\n    tokenUpdate(id: $id, input: $input, expectedVersion: $expectedVersion) { token { id version } userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation TokenUpdate($id: ID!, $input: TokenPatch!, $expectedVersion: Int64) {\n    tokenUpdate(id: $id, input: $input, expectedVersion: $expectedVersion) { token { id version } userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TokenSetStatus($id: ID!, $status: TokenStatus!) {\n    tokenSetStatus(id: $id, status: $status) { token { id status version } userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation TokenSetStatus($id: ID!, $status: TokenStatus!) {\n    tokenSetStatus(id: $id, status: $status) { token { id status version } userErrors { __typename code message path } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TokenDelete($id: ID!) {\n    tokenDelete(id: $id) { deletedId userErrors { __typename code message path } }\n  }\n"): (typeof documents)["\n  mutation TokenDelete($id: ID!) {\n    tokenDelete(id: $id) { deletedId userErrors { __typename code message path } }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;