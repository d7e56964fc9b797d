/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
export type LoginInput = {
  password: string;
  /** User name or e-mail address. */
  username: string;
};

/** A right that a role holds. */
export type Permission =
  | 'BILLING_READ'
  | 'CHANNEL_READ'
  | 'CHANNEL_TEST'
  | 'CHANNEL_WRITE'
  | 'GROUP_READ'
  | 'GROUP_WRITE'
  | 'LOG_READ_ANY'
  | 'OPTION_READ'
  | 'OPTION_WRITE'
  | 'PRICING_WRITE'
  | 'SYSTEM_READ'
  | 'TOKEN_READ_ANY'
  | 'USER_QUOTA_WRITE'
  | 'USER_READ'
  | 'USER_WRITE';

export type SetupInput = {
  /** The password again; not compared when absent. */
  confirmPassword?: string | null | undefined;
  /** As mode DEMO, in the words of the REST form. */
  demo?: boolean | null | undefined;
  mode?: SetupMode | null | undefined;
  /** 8 to 128 characters. */
  password: string;
  /** As mode SELF_USE, in the words of the REST form. */
  selfUse?: boolean | null | undefined;
  /** The one-time token of the link that is printed at start. */
  token?: string | null | undefined;
  /** 1 to 12 characters. */
  username: string;
};

/** What the instance is for. */
export type SetupMode =
  /** Clients are told that this is a demonstration. */
  | 'DEMO'
  | 'PUBLIC'
  /** Models without a price may be used. */
  | 'SELF_USE';

/** Stable words for programs; `message` is for people. */
export type UserErrorCode =
  | 'CONFLICT'
  | 'DISABLED'
  | 'EXPIRED'
  | 'IDEMPOTENCY_KEY_REQUIRED'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'IMMUTABLE'
  | 'INSUFFICIENT_QUOTA'
  | 'INVALID'
  | 'IN_USE'
  | 'LIMIT_REACHED'
  | 'NOT_ALLOWED'
  | 'NOT_FOUND'
  | 'OUT_OF_RANGE'
  | 'REQUIRED'
  | 'TAKEN'
  | 'TOO_LONG'
  | 'TOO_SHORT'
  | 'UNSUPPORTED'
  | 'UPSTREAM_FAILED';

export type OverviewQueryVariables = Exact<{ [key: string]: never; }>;


export type OverviewQuery = { site: { relayUrl: string }, viewer: { user: { id: string, username: string, displayName: string, quota: string, usedQuota: string, requestCount: number } } | null };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { site: { version: string, quotaPerUnit: number }, setup: { done: boolean, tokenNeeded: boolean }, viewer: { permissions: Array<Permission>, user: { id: string, legacyId: string, username: string, displayName: string, role: number, group: string, quota: string, usedQuota: string, requestCount: number } } | null };

export type SignInMutationVariables = Exact<{
  input: LoginInput;
}>;


export type SignInMutation = { sessionCreate: { viewer: { user: { id: string, username: string } } | null, userErrors: Array<
      | { __typename: 'ConflictError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'PlainError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'QuotaError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'ValidationError', code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { sessionEnd: { ok: boolean } };

export type SetupCompleteMutationVariables = Exact<{
  input: SetupInput;
}>;


export type SetupCompleteMutation = { setupComplete: { ok: boolean, userErrors: Array<
      | { __typename: 'ConflictError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'PlainError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'QuotaError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'ValidationError', code: UserErrorCode, message: string, path: Array<string> | null }
    > } };


export const OverviewDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Overview"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"site"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"relayUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"quota"}},{"kind":"Field","name":{"kind":"Name","value":"usedQuota"}},{"kind":"Field","name":{"kind":"Name","value":"requestCount"}}]}}]}}]}}]} as unknown as DocumentNode<OverviewQuery, OverviewQueryVariables>;
export const ViewerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"site"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"quotaPerUnit"}}]}},{"kind":"Field","name":{"kind":"Name","value":"setup"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"tokenNeeded"}}]}},{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"legacyId"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"group"}},{"kind":"Field","name":{"kind":"Name","value":"quota"}},{"kind":"Field","name":{"kind":"Name","value":"usedQuota"}},{"kind":"Field","name":{"kind":"Name","value":"requestCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"permissions"}}]}}]}}]} as unknown as DocumentNode<ViewerQuery, ViewerQueryVariables>;
export const SignInDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignIn"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LoginInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sessionCreate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const SignOutDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignOut"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sessionEnd"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ok"}}]}}]}}]} as unknown as DocumentNode<SignOutMutation, SignOutMutationVariables>;
export const SetupCompleteDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SetupComplete"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SetupInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setupComplete"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ok"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<SetupCompleteMutation, SetupCompleteMutationVariables>;