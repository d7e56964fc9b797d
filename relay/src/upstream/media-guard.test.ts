import { expect, it } from 'vitest';
import type { RelayFetchRules } from '../gql/types.gen.ts';
import { usualGuards } from '../snapshot/settings-form.ts';
import { MediaGuard } from './media-guard.ts';
import { isPublic, toAddress } from './public-address.ts';

const guard = (rules: Partial<RelayFetchRules> = {}): MediaGuard => { const all = { ...usualGuards.fetch, ...rules }; return new MediaGuard(() => all); };
const admits = (address: string, rules: Partial<RelayFetchRules> = {}): boolean => { const url = URL.parse(address); return url !== null && guard(rules).admits(url); };

it.each([
  '0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.8', '192.0.2.1', '192.88.99.1', '192.168.1.1', '198.18.0.1', '198.51.100.1',
  '203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255', '::', '::1', '::7f00:1', '::ffff:127.0.0.1', '::ffff:a00:1', '64:ff9b::7f00:1', '64:ff9b:1::1', '100::1', '2001::1', '2001:2::1', '2001:db8::1',
  '2002:7f00:1::', 'fc00::1', 'fd12::1', 'fe80::1', 'fec0::1', 'ff02::1', '4000::1', '3fff::1',
])('%s is not public', (text) => expect(isPublic(toAddress(text)!)).toBe(false));

it.each(['1.1.1.1', '8.8.8.8', '172.32.0.1', '100.128.0.1', '192.1.0.1', '2606:4700::1111', '2a00:1450::1', '::ffff:8.8.8.8'])('%s is public', (text) => expect(isPublic(toAddress(text)!)).toBe(true));

it.each([
  'http://127.0.0.1/', 'http://0x7f.1/', 'http://2130706433/', 'http://0177.0.0.1/', 'http://127.1/', 'http://[::1]/', 'http://[::ffff:7f00:1]/', 'http://169.254.169.254/latest', 'http://[fe80::1]/',
  'http://localhost/', 'http://printer/', 'http://example.com./', 'http://metadata.google.internal/', 'http://box.local/', 'http://user@example.com/', 'http://user:pw@example.com/',
  'ftp://example.com/', 'file:///etc/passwd', 'data:text/plain,x', 'http://example.com:22/', 'http://example.com:6379/',
])('%s is not asked for', (address) => expect(admits(address)).toBe(false));

it.each(['https://example.com/a.png', 'http://example.com:8080/', 'https://8.8.8.8/', 'https://[2606:4700::1111]/x'])('%s may be asked for', (address) => expect(admits(address)).toBe(true));

it.each<{ name: string; rules: Partial<RelayFetchRules>; address: string; is: boolean }>([
  { name: 'a domain on the list of refused ones', rules: { domains: ['example.com'] }, address: 'https://example.com/', is: false },
  { name: 'one below it', rules: { domains: ['example.com'] }, address: 'https://a.example.com/', is: true },
  { name: 'one below a star', rules: { domains: ['*.example.com'] }, address: 'https://a.example.com/', is: false },
  { name: 'only domains of the list', rules: { domains: ['example.com'], onlyDomains: true }, address: 'https://example.org/', is: false },
  { name: 'a domain of the list of only ones', rules: { domains: ['example.com'], onlyDomains: true }, address: 'https://EXAMPLE.com/', is: true },
  { name: 'an address of the list of refused ones', rules: { addresses: ['8.8.8.0/24'] }, address: 'https://8.8.8.8/', is: false },
  { name: 'an address outside the list of only ones', rules: { addresses: ['8.8.8.0/24'], onlyAddresses: true }, address: 'https://1.1.1.1/', is: false },
  { name: 'a private address, when the operator wants it', rules: { allowPrivate: true }, address: 'http://10.0.0.1/', is: true },
  { name: 'a port of the operator', rules: { ports: ['80', '9000-9010'] }, address: 'http://example.com:9005/', is: true },
])('$name: $is', ({ rules, address, is }) => expect(admits(address, rules)).toBe(is));

it('addresses behind a name are compared with the list, unless the operator says no', () => {
  const rules = { addresses: ['8.8.8.0/24'] }, loaded = (of: Partial<RelayFetchRules>): MediaGuard => { const one = guard(of); one.refresh(); return one; };
  expect([loaded(rules).allows('1.1.1.1'), loaded(rules).allows('8.8.8.8'), loaded({ ...rules, addressesOfNames: false }).allows('8.8.8.8'), loaded(rules).allows('10.0.0.1')]).toEqual([true, false, true, false]);
});
