import { graphql } from '../../gql/gql.ts';

export const AccountDocument = graphql(`
  query Account {
    viewer {
      user { id quota email }
      invite { code url count pending lifetime }
      checkIns { enabled today streak minQuota maxQuota totalQuota }
      notifySetting { channel lowQuotaThreshold email webhookUrl barkUrl gotifyUrl gotifyPriority hasWebhookSecret hasGotifyToken recordIp upstreamModelUpdates }
      topUpOptions { providers methods { type name } creemProducts { productId name price currency quota } presets inQuotaUnits }
    }
  }
`);

export const NotifySettingUpdateDocument = graphql(`
  mutation NotifySettingUpdate($input: NotifyPatch!) {
    notifySettingUpdate(input: $input) { setting { channel } userErrors { __typename code message path } }
  }
`);

export const NotificationTestDocument = graphql(`
  mutation NotificationTest {
    notificationTest { ok userErrors { __typename code message path } }
  }
`);

export const InviteTransferDocument = graphql(`
  mutation InviteTransfer($quota: Quota!, $key: String!) {
    inviteRewardTransfer(quota: $quota, idempotencyKey: $key) { quota userErrors { __typename code message path } }
  }
`);

export const CheckInDocument = graphql(`
  mutation CheckIn($captcha: String) {
    checkIn(captcha: $captcha) { checkIn { day quota } userErrors { __typename code message path } }
  }
`);

export const RedeemDocument = graphql(`
  mutation Redeem($code: String!, $key: String!) {
    redemptionRedeem(code: $code, idempotencyKey: $key) { quota userErrors { __typename code message path } }
  }
`);

export const TopUpCreateDocument = graphql(`
  mutation TopUpCreate($input: TopUpCreateInput!, $key: String!) {
    topUpCreate(input: $input, idempotencyKey: $key) { checkout { url fields { name value } } userErrors { __typename code message path } }
  }
`);
