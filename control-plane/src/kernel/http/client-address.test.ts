import { describe, expect, it } from 'vitest';
import { addressReader, isLoopbackHost, limitKey, readRange } from './client-address.ts';

describe('the caller\'s address', () => {
  it.each([
    { name: 'is the peer when no proxy is trusted', trusted: [], peer: '203.0.113.7', forwarded: '10.9.9.9', address: '203.0.113.7' },
    { name: 'is what a trusted proxy says', trusted: ['10.0.0.0/8'], peer: '10.0.0.1', forwarded: '203.0.113.7', address: '203.0.113.7' },
    { name: 'is the first hop from the right that is not a proxy', trusted: ['10.0.0.0/8'], peer: '10.0.0.1', forwarded: '1.2.3.4, 203.0.113.7, 10.0.0.2', address: '203.0.113.7' },
    { name: 'is the proxy when what it says is garbage', trusted: ['10.0.0.0/8'], peer: '10.0.0.1', forwarded: 'nonsense', address: '10.0.0.1' },
    { name: 'is one spelling of a mapped address', trusted: [], peer: '::ffff:203.0.113.7', forwarded: undefined, address: '203.0.113.7' },
    { name: 'is one spelling also in uWebSockets\' long form', trusted: [], peer: '0000:0000:0000:0000:0000:ffff:7f00:0001', forwarded: undefined, address: '127.0.0.1' },
    { name: 'is what a proxy on IPv6 says', trusted: ['::1/128'], peer: '0000:0000:0000:0000:0000:0000:0000:0001', forwarded: '2001:DB8::1', address: '2001:db8::1' },
  ])('$name', ({ trusted, peer, forwarded, address }) => {
    expect(addressReader(trusted)(peer, forwarded)).toBe(address);
  });
});

it.each([['localhost', true], ['LOCALHOST:3000', true], ['127.0.0.1:3000', true], ['[::1]:3000', true], ['console.localhost', true], ['localhost.evil.example', false], ['10.0.0.1', false], ['', false], [undefined, false], ['a b', false]])('the host %s is this machine: %s', (host, local) => {
  expect(isLoopbackHost(host)).toBe(local);
});

it.each([['192.0.2.1', '192.0.2.1'], ['2001:db8:1:2:3::4', '2001:db8:1:2::/64'], ['?', '?']])('limits count %s as %s', (address, key) => {
  expect(limitKey(address)).toBe(key);
});

it.each([['10.0.0.0/8', true], ['::/0', true], ['10.0.0.1', true], ['10.0.0.1/33', false], ['10.0.0', false], ['x', false], ['10.0.0.0/8/8', false]])('%s is a range: %s', (text, is) => {
  expect(readRange(text) !== undefined).toBe(is);
});
