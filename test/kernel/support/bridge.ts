/** What the kernel's bridges and VXLANs can do. */
import { KernelError, type LinkAdd, Netns } from "../../../src/index.ts";

/** Why a link like this cannot be made here; undefined where it can. */
export async function whyNoLink(link: LinkAdd, reason: string): Promise<string | undefined> {
  await using ns = await Netns.anonymous();
  try {
    await ns.link.add(link);
    return undefined;
  } catch (error) {
    if (error instanceof KernelError && (error.code === "EOPNOTSUPP" || error.code === "EINVAL"))
      return reason;
    throw error;
  }
}

export const noVlans = await whyNoLink(
  { ifname: "br", kind: "bridge", data: { vlanFiltering: 1 } },
  "the kernel's bridges have no VLANs",
);
