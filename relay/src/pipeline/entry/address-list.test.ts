import { expect, it } from 'vitest';
import { clientAddressOf } from '../../edge/client-address.ts';
import { peerText } from '../../edge/peer-text.ts';
import { isListed } from './address-list.ts';

it.each([
  { address: '10.1.2.3', list: ['10.0.0.0/8'], listed: true },
  { address: '11.1.2.3', list: ['10.0.0.0/8'], listed: false },
  { address: '203.0.113.7', list: ['203.0.113.7'], listed: true },
  { address: '::ffff:203.0.113.7', list: ['203.0.113.7'], listed: true },
  { address: '2001:db8::5', list: ['2001:db8::/32'], listed: true },
  { address: '2001:db8::5', list: ['10.0.0.0/8', 'nonsense', ''], listed: false },
  { address: 'not an address', list: ['0.0.0.0/0', '::/0'], listed: false },
  { address: '', list: ['0.0.0.0/0'], listed: false },
])('$address in $list: $listed', ({ address, list, listed }) => expect(isListed(address, list)).toBe(listed));

const trusted = ['127.0.0.0/8', '10.0.0.0/8'];
it.each([
  { name: 'nobody is believed without a list', peer: '127.0.0.1', header: '203.0.113.9', list: [], is: '127.0.0.1' },
  { name: 'a stranger is not believed', peer: '203.0.113.1', header: '203.0.113.9', list: trusted, is: '203.0.113.1' },
  { name: 'a trusted proxy is', peer: '127.0.0.1', header: '203.0.113.9', list: trusted, is: '203.0.113.9' },
  { name: 'the rightmost stranger counts, whatever it claims', peer: '127.0.0.1', header: '1.1.1.1, 203.0.113.9, 10.0.0.2', list: trusted, is: '203.0.113.9' },
  { name: 'a broken header ends the chain', peer: '127.0.0.1', header: 'x, 10.0.0.2', list: trusted, is: '10.0.0.2' },
  { name: 'an address inside the header is put into its plain form', peer: '127.0.0.1', header: '::ffff:203.0.113.9', list: trusted, is: '203.0.113.9' },
])('$name', ({ peer, header, list, is }) => expect(clientAddressOf(peer, header, list)).toBe(is));

it.each([
  { bytes: [127, 0, 0, 1], is: '127.0.0.1' },
  { bytes: [255, 255, 255, 255], is: '255.255.255.255' },
  { bytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], is: '::1' },
  { bytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 10, 0, 0, 7], is: '10.0.0.7' },
  { bytes: [], is: '' },
])('the bytes $bytes are $is, also the second time', ({ bytes, is }) => {
  const address = new Uint8Array(bytes).buffer;
  expect([peerText(address), peerText(address)]).toEqual([is, is]);
});
