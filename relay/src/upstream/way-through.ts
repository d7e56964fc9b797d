/** A way through the proxy of a channel for who does not draw on pools: WebSockets. */
import { isIP, type Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { Failure } from '../failure/failure.ts';
import type { AddressGuard } from './address-guard.ts';
import type { NameCache } from './name-cache.ts';
import { readProxy } from './proxy.ts';
import type { Signal } from './signal.ts';
import { openTunnel } from './tunnel.ts';

export interface WayOut { readonly names: NameCache; readonly guard: AddressGuard; readonly context: () => SecureContext }

const failed = (note: string): Failure => new Failure('do_request_failed', { note });

/**
 * @param limitMs for all of it
 * @returns a socket that leads to the provider, without TLS of its own yet. Failures: `do_request_failed`, `upstream_timeout_connect`, `client_gone`
 */
export async function wayThrough(address: string, to: { host: string; port: number }, { names, guard, context }: WayOut, limitMs: number, signal: Signal): Promise<Socket | Failure> {
  const proxy = readProxy(address);
  if (!proxy) return failed('the proxy of the channel is none');
  const allowed = (isIP(proxy.host) ? [proxy.host] : await names.addressesOf(proxy.host)).find((one) => guard.allows(one, proxy.port));
  if (allowed === undefined) return failed(`the proxy ${proxy.host} leads to no address that is allowed`);
  if (signal.aborted) return new Failure('client_gone');
  return new Promise((resolve) => {
    const end = (result: Socket | Failure): void => { clearTimeout(timer); signal.forget(leaving); resolve(result); };
    const cancel = openTunnel({ address: allowed, proxy, ...to, context }, (result) => end(typeof result === 'string' ? failed(result) : result));
    const timer = setTimeout(() => { cancel(); end(new Failure('upstream_timeout_connect')); }, limitMs);
    const leaving = { onAbort: () => { cancel(); end(new Failure('client_gone')); } };
    signal.onAbort(leaving);
  });
}
