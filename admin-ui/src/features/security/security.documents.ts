import { graphql } from '../../gql/gql.ts';

export const SecurityDocument = graphql(`
  query Security {
    site { signInMethods { kind clientId address } passkeys { enabled } }
    viewer {
      twoFactor { enabled lockedUntil backupCodesLeft }
      passkeys { id name createdAt lastUsedAt }
      bindings { kind subject label boundAt }
      sessions { id ip userAgent createdAt lastSeenAt current }
    }
  }
`);

export const TwoFactorBeginDocument = graphql(`
  mutation TwoFactorBegin {
    twoFactorBegin { secret otpauthUrl backupCodes userErrors { __typename code message path } }
  }
`);

export const TwoFactorEnableDocument = graphql(`
  mutation TwoFactorEnable($code: String!) {
    twoFactorEnable(code: $code) { ok userErrors { __typename code message path } }
  }
`);

export const TwoFactorDisableDocument = graphql(`
  mutation TwoFactorDisable($code: String!) {
    twoFactorDisable(code: $code) { ok userErrors { __typename code message path } }
  }
`);

export const BackupCodesDocument = graphql(`
  mutation BackupCodes($code: String!) {
    backupCodesRegenerate(code: $code) { backupCodes userErrors { __typename code message path } }
  }
`);

export const PasskeyRegisterBeginDocument = graphql(`
  mutation PasskeyRegisterBegin {
    passkeyRegisterBegin { options userErrors { __typename code message path } }
  }
`);

export const PasskeyRegisterFinishDocument = graphql(`
  mutation PasskeyRegisterFinish($response: JSON!, $name: String!) {
    passkeyRegisterFinish(input: { response: $response }, name: $name) { passkey { id name } userErrors { __typename code message path } }
  }
`);

export const PasskeyDeleteDocument = graphql(`
  mutation PasskeyDelete($id: ID!) {
    passkeyDelete(id: $id) { ok userErrors { __typename code message path } }
  }
`);

export const BindingDeleteDocument = graphql(`
  mutation BindingDelete($kind: IdentityKind!) {
    bindingDelete(kind: $kind) { ok userErrors { __typename code message path } }
  }
`);

export const SessionRevokeDocument = graphql(`
  mutation SessionRevoke($ids: [ID!]!) {
    sessionRevoke(ids: $ids) { ok userErrors { __typename code message path } }
  }
`);

export const AccessTokenRotateDocument = graphql(`
  mutation AccessTokenRotate {
    accessTokenRotate { accessToken userErrors { __typename code message path } }
  }
`);

export const StepUpVerifyDocument = graphql(`
  mutation StepUpVerify($input: StepUpInput!) {
    stepUpVerify(input: $input) { validUntil userErrors { __typename code message path } }
  }
`);

export const PasskeyVerifyBeginDocument = graphql(`
  mutation PasskeyVerifyBegin {
    passkeyVerifyBegin { options userErrors { __typename code message path } }
  }
`);

export const PasskeyVerifyFinishDocument = graphql(`
  mutation PasskeyVerifyFinish($response: JSON!) {
    passkeyVerifyFinish(input: { response: $response }) { validUntil userErrors { __typename code message path } }
  }
`);
