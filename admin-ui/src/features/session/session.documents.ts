import { graphql } from '../../gql/gql.ts';

export const ViewerDocument = graphql(`
  query Viewer {
    site { version quotaPerUnit relayUrl }
    setup { done tokenNeeded }
    viewer { user { id legacyId username displayName role group quota usedQuota requestCount } permissions }
  }
`);

export const SignInDocument = graphql(`
  mutation SignIn($input: LoginInput!) {
    sessionCreate(input: $input) { viewer { user { id username } } twoFactorRequired userErrors { __typename code message path } }
  }
`);

export const SignOutDocument = graphql(`
  mutation SignOut {
    sessionEnd { ok }
  }
`);

export const SecondStepDocument = graphql(`
  mutation SecondStep($code: String!) {
    sessionVerifyTwoFactor(input: { code: $code }) { viewer { user { id username } } userErrors { __typename code message path } }
  }
`);
