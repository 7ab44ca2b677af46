import { BlockList, isIP } from 'node:net';

/**
 * Where no old server is: addresses of this link (among them those at which clouds tell a machine its secrets), of
 * groups, and of nobody. A restaurant's own network and this machine are allowed: that is where such servers stand.
 */
const forbidden = new BlockList();
forbidden.addSubnet('0.0.0.0', 8, 'ipv4');
forbidden.addSubnet('169.254.0.0', 16, 'ipv4');
forbidden.addSubnet('224.0.0.0', 3, 'ipv4');
forbidden.addAddress('::', 'ipv6');
forbidden.addSubnet('fe80::', 10, 'ipv6');
forbidden.addSubnet('ff00::', 8, 'ipv6');
forbidden.addAddress('fd00:ec2::254', 'ipv6');

export function isForbiddenAddress(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  const version = isIP(plain);
  return version === 0 || forbidden.check(plain, version === 6 ? 'ipv6' : 'ipv4');
}

/** Of a host in an address: a name may lead anywhere, and is looked at when it is called. */
export function isForbiddenHost(host: string): boolean {
  const plain = host.replace(/^\[|\]$/g, '');
  return isIP(plain) !== 0 && isForbiddenAddress(plain);
}
