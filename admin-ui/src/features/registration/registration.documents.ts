import { graphql } from '../../gql/gql.ts';

export const RegistrationDocument = graphql(`
  query Registration {
    site { registration { open emailVerification captchaSiteKey } }
  }
`);

export const RegisterDocument = graphql(`
  mutation Register($input: RegisterInput!) {
    accountRegister(input: $input) { ok userErrors { __typename code message path } }
  }
`);

export const CodeSendDocument = graphql(`
  mutation CodeSend($email: String!) {
    emailVerificationSend(email: $email) { ok userErrors { __typename code message path } }
  }
`);

export const ResetSendDocument = graphql(`
  mutation ResetSend($email: String!) {
    passwordResetSend(email: $email) { ok userErrors { __typename code message path } }
  }
`);

export const ResetDocument = graphql(`
  mutation Reset($input: PasswordResetInput!) {
    passwordReset(input: $input) { newPassword userErrors { __typename code message path } }
  }
`);
