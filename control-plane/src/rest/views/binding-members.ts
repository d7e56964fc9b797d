/** Bound accounts, as members of a user. */
import type { Node } from '../view.ts';

export const bindingSelection = 'bindings { kind subject }';

const names = { github_id: 'GITHUB', discord_id: 'DISCORD', oidc_id: 'OIDC', wechat_id: 'WECHAT', telegram_id: 'TELEGRAM', linux_do_id: 'LINUX_DO' };

export const bindingMembers = (bindings: readonly Node[]): Record<string, string> =>
  Object.fromEntries(Object.entries(names).map(([name, kind]) => [name, (bindings.find((one) => one.kind === kind)?.subject as string | undefined) ?? '']));
