import ipaddr from 'ipaddr.js';

/** Services of clouds that answer at public-looking addresses to the machines inside (Azure's wire server). */
const cloudAddresses: ReadonlySet<string> = new Set(['168.63.129.16']);

/** The part of IPv6 that is given out (RFC 4291, section 2.4); `::/96` with an IPv4 address inside is not in it. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** Addresses of translators from IPv6 to IPv4 (RFC 6052); names have them in networks that are IPv6 only. */
const translated = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/**
 * Whether `address` is reached through the open internet: not private, loopback, link-local, shared (RFC 6598),
 * multicast, reserved or for documentation, nor an IPv6 address that leads to such an IPv4 address.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  return parsed instanceof ipaddr.IPv6 ? isPublicIpv6(parsed) : isPublicIpv4(parsed);
}

function isPublicIpv4(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.range() === 'unicast' && !cloudAddresses.has(address.toString());
}

function isPublicIpv6(address: ipaddr.IPv6): boolean {
  if (address.isIPv4MappedAddress()) return isPublicIpv4(address.toIPv4Address());
  if (address.match(translated)) return isPublicIpv4(lastFourBytes(address));
  if (address.range() !== 'unicast' || !address.match(globalUnicast)) return false;
  // ISATAP (RFC 5214): an IPv4 address behind 0000:5efe or 0200:5efe, below any prefix.
  const [, , , , marker, isatap] = address.parts;
  const isIsatap = isatap === 0x5efe && (marker === 0 || marker === 0x200);
  return !isIsatap || isPublicIpv4(lastFourBytes(address));
}

function lastFourBytes(address: ipaddr.IPv6): ipaddr.IPv4 {
  return new ipaddr.IPv4(address.toByteArray().slice(12));
}
