import { graphql } from '../../gql/gql.ts';

export const SignInWaysDocument = graphql(`
  query SignInWays {
    site { signInMethods { kind clientId address } passkeys { enabled } }
  }
`);

export const OAuthBeginDocument = graphql(`
  mutation OAuthBegin($provider: IdentityKind!) {
    oauthBegin(provider: $provider) { url userErrors { __typename code message path } }
  }
`);

export const OAuthFinishDocument = graphql(`
  mutation OAuthFinish($provider: IdentityKind!, $code: String!, $state: String!) {
    oauthFinish(provider: $provider, code: $code, state: $state) { viewer { user { id username } } twoFactorRequired bound userErrors { __typename code message path } }
  }
`);

export const WeChatSignInDocument = graphql(`
  mutation WeChatSignIn($code: String!) {
    sessionWeChatCreate(code: $code) { viewer { user { id username } } twoFactorRequired userErrors { __typename code message path } }
  }
`);

export const PasskeySignInBeginDocument = graphql(`
  mutation PasskeySignInBegin {
    sessionPasskeyBegin { options userErrors { __typename code message path } }
  }
`);

export const PasskeySignInFinishDocument = graphql(`
  mutation PasskeySignInFinish($response: JSON!) {
    sessionPasskeyFinish(input: { response: $response }) { viewer { user { id username } } userErrors { __typename code message path } }
  }
`);
