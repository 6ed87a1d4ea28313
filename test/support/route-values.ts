/** Random values of what routes have besides plain attributes. */
import fc from "fast-check";

const labels = fc
  .array(fc.nat({ max: 0xfffff }), { minLength: 1, maxLength: 4 })
  .map((stack) => stack.join("/"));

const byte = fc.nat({ max: 255 });

/** By the name of the shape. @param ipv6 - addresses as text */
export function routeLeaves(ipv6: fc.Arbitrary<string>): Record<string, fc.Arbitrary<unknown>> {
  const segments = fc.array(ipv6, { minLength: 1, maxLength: 4 });
  const flags = fc.subarray(["hmac", "alert", "oam", "protected"]);
  const srh = { nexthdr: byte, segmentsLeft: byte, flags, tag: fc.nat({ max: 0xffff }), segments };
  const tlvs = fc
    .integer({ min: 1, max: 4 })
    .chain((n) => fc.uint8Array({ minLength: 8 * n, maxLength: 8 * n }));
  const record = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
    fc.record(fields, { noNullPrototype: true });
  const whole = fc.oneof(record(srh), record({ ...srh, tlvs }));
  return {
    "mpls labels": labels,
    "struct ipv6_sr_hdr": whole,
    "struct seg6_iptunnel_encap": fc
      .tuple(fc.constantFrom("inline", "encap", "l2encap", "encap-red", "l2encap-red", 9), whole)
      .map(([mode, header]) => ({ mode, ...header })),
    "struct ipv6_rpl_sr_hdr": record({ nexthdr: byte, segmentsLeft: byte, segments }),
  };
}
