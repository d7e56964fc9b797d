/** Accounts elsewhere that people sign in with. The addresses are the public ones; an own server of the same kind has others. */
import { flag, integer, secret, text, url, type OptionSpec } from '../option-spec.ts';

const clientId = (of: string) => text('', 255, { describe: `Client id at ${of}; public.` });

export const identityOptions = {
  GitHubOAuthEnabled: flag(false, { describe: 'Sign-in with GitHub. Its callback is ServerAddress/oauth/github.', needs: ['GitHubClientId', 'GitHubClientSecret'] }),
  GitHubClientId: clientId('GitHub'),
  GitHubClientSecret: secret({ describe: 'Client secret at GitHub.' }),
  'github.address': url('https://github.com', { describe: 'Where people sign in to GitHub.' }),
  'github.api_address': url('https://api.github.com', { describe: 'The API of that GitHub.' }),
  'discord.enabled': flag(false, { describe: 'Sign-in with Discord. Its callback is ServerAddress/oauth/discord.', needs: ['discord.client_id', 'discord.client_secret'] }),
  'discord.client_id': clientId('Discord'),
  'discord.client_secret': secret({ describe: 'Client secret at Discord.' }),
  'discord.address': url('https://discord.com', { describe: 'Where people sign in to Discord.' }),
  LinuxDOOAuthEnabled: flag(false, { describe: 'Sign-in with Linux DO. Its callback is ServerAddress/oauth/linuxdo.', needs: ['LinuxDOClientId', 'LinuxDOClientSecret'] }),
  LinuxDOClientId: clientId('Linux DO'),
  LinuxDOClientSecret: secret({ describe: 'Client secret at Linux DO.' }),
  LinuxDOMinimumTrustLevel: integer(0, 0, 4, { describe: 'Least trust level at Linux DO.' }),
  'linuxdo.address': url('https://connect.linux.do', { describe: 'Where people sign in to Linux DO.' }),
  'oidc.enabled': flag(false, { describe: 'Sign-in with an OpenID Connect provider. Its callback is ServerAddress/oauth/oidc.', needs: ['oidc.client_id', 'oidc.client_secret', 'oidc.well_known'] }),
  'oidc.client_id': clientId('the OpenID Connect provider'),
  'oidc.client_secret': secret({ describe: 'Client secret at the OpenID Connect provider.' }),
  'oidc.well_known': url('', { describe: 'Address of the provider\'s discovery document (/.well-known/openid-configuration).' }),
  'oidc.authorization_endpoint': url('', { describe: 'Where people sign in, when it is not what the discovery document says. Compatible clients need it.' }),
  'oidc.token_endpoint': url('', { describe: 'Where codes are exchanged, when it is not what the discovery document says.' }),
  'oidc.user_info_endpoint': url('', { describe: 'Where profiles are read, when it is not what the discovery document says.' }),
  TelegramOAuthEnabled: flag(false, { describe: 'Sign-in with Telegram, for accounts that are bound already.', needs: ['TelegramBotToken', 'TelegramBotName'] }),
  TelegramBotToken: secret({ describe: 'Token of the Telegram bot.' }),
  TelegramBotName: text('', 64, { describe: 'Name of the Telegram bot; public.' }),
  WeChatAuthEnabled: flag(false, { describe: 'Sign-in with WeChat, through a relay server of the official account.', needs: ['WeChatServerAddress', 'WeChatServerToken'] }),
  WeChatServerAddress: url('', { describe: 'Address of that relay server.' }),
  WeChatServerToken: secret({ describe: 'Token at that relay server.' }),
  WeChatAccountQRCodeImageURL: url('', { describe: 'Picture with the QR code of the official account.' }),
} satisfies Record<string, OptionSpec>;
