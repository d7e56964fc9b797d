import { registerEnumType } from 'type-graphql';

export enum IdentityKind { GITHUB = 'GITHUB', DISCORD = 'DISCORD', LINUX_DO = 'LINUX_DO', OIDC = 'OIDC', TELEGRAM = 'TELEGRAM', WECHAT = 'WECHAT' }
registerEnumType(IdentityKind, { name: 'IdentityKind', description: 'Whose account somebody signs in with.' });
