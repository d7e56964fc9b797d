/**
 * The proxy of a channel: a member of `extras.setting` that may hold a password. Stored is an envelope beside it; in the text stands the
 * address with the password hidden, and a text that comes back so means "as it is".
 */
import type { SecretBox, SecretPlace } from '../../../kernel/secret-box.ts';
import type { Channel } from '../channel.entity.ts';

const place = (row: number): SecretPlace => ({ table: 'channel', row, column: 'proxy' });
const hidden = '***';

type Setting = Record<string, unknown>;

function readSetting(text: string | null | undefined): Setting {
  try {
    const value: unknown = JSON.parse(text || '{}');
    return typeof value === 'object' && value !== null ? (value as Setting) : {};
  } catch {
    return {};
  }
}

/** Empty: none. */
export function proxyIn(setting: string | null | undefined): string {
  const { proxy } = readSetting(setting);
  return typeof proxy === 'string' ? proxy.trim() : '';
}

export function masked(address: string): string {
  const url = URL.parse(address);
  if (!url?.password) return address;
  return address.replace(`:${url.password}@`, `:${hidden}@`);
}

/** http, https or SOCKS5, with a host. */
export const isProxy = (address: string): boolean => { const url = URL.parse(address); return url !== null && /^(https?|socks5h?):$/.test(url.protocol) && url.hostname !== ''; };

/** Whether the channel would use another proxy than it does. */
export const changesProxy = (channel: Pick<Channel, 'extras'>, setting: string | null | undefined): boolean =>
  setting !== undefined && masked(proxyIn(setting)) !== proxyIn(channel.extras.setting);

/** The address, to be sealed for a relay at once and shown to nobody; undefined: none. */
export const openProxy = (box: SecretBox, { id, proxyEnvelope }: Pick<Channel, 'id' | 'proxyEnvelope'>): string | undefined =>
  (proxyEnvelope ? box.open(proxyEnvelope, place(id)) : undefined);

export class ChannelProxy {
  constructor(private readonly box: SecretBox) {}

  /** Takes the address out of the channel's settings, sealed. The channel has its id already. */
  seal(channel: Channel, before: string): void {
    const given = proxyIn(channel.extras.setting);
    if (!given) channel.proxyEnvelope = null;
    else if (given !== before || !channel.proxyEnvelope) this.write(channel, given);
  }

  /** The same proxy for another channel: what is sealed is bound to its row. */
  copy(source: Channel, target: Channel): void {
    if (source.proxyEnvelope) this.write(target, this.box.open(source.proxyEnvelope, place(source.id)));
  }

  private write(channel: Channel, address: string): void {
    channel.proxyEnvelope = this.box.seal(address, place(channel.id));
    channel.extras = Object.assign({}, channel.extras, { setting: JSON.stringify({ ...readSetting(channel.extras.setting), proxy: masked(address) }) });
  }
}
