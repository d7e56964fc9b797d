import { graphql } from '../../gql/gql.ts';

export const RegistrationDocument = graphql(`
  query Registration {
    site { registration { open emailVerification captchaSiteKey captchaScript } }
  }
`);

export const RegisterDocument = graphql(`
  mutation Register($input: RegisterInput!) {
    accountRegister(input: $input) { ok userErrors { __typename code message path } }
  }
`);

export const CodeSendDocument = graphql(`
  mutation CodeSend($email: String!, $captcha: String) {
    emailVerificationSend(email: $email, captcha: $captcha) { ok userErrors { __typename code message path } }
  }
`);

export const ResetSendDocument = graphql(`
  mutation ResetSend($email: String!, $captcha: String) {
    passwordResetSend(email: $email, captcha: $captcha) { ok userErrors { __typename code message path } }
  }
`);

export const ResetDocument = graphql(`
  mutation Reset($input: PasswordResetInput!) {
    passwordReset(input: $input) { newPassword userErrors { __typename code message path } }
  }
`);
