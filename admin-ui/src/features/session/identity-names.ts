import type { IdentityKind } from '../../gql/graphql.ts';

/** Names of places, as they call themselves; the same in every language. */
export const identityNames: Record<IdentityKind, string> = { GITHUB: 'GitHub', DISCORD: 'Discord', LINUX_DO: 'Linux DO', OIDC: 'OpenID Connect', TELEGRAM: 'Telegram', WECHAT: 'WeChat' };

/** Those that a browser goes to and comes back from, by the end of the address that it comes back to. */
export const oauthSlugs: Record<string, IdentityKind> = { github: 'GITHUB', discord: 'DISCORD', linuxdo: 'LINUX_DO', oidc: 'OIDC' };

export const isOAuth = (kind: IdentityKind): boolean => Object.values(oauthSlugs).includes(kind);
