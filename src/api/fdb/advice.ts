import type { KernelError } from "../../netlink/kernel-error.ts";
import type { Advice } from "../refusal.ts";
import type { Dev } from "../session.ts";
import type { FdbFlush } from "./flush.ts";
import type { FdbAdd } from "./write.ts";

/** What to say of a refused request about one entry. */
export function adviceOnEntry(error: KernelError, dev: Dev, entry: FdbAdd): Advice | undefined {
  const name = JSON.stringify(dev);
  switch (error.code) {
    case "EEXIST":
      return { path: "mac", hint: "there is such an entry: replace() changes it" };
    case "ENOENT":
      return { path: "mac", hint: `the database of ${name} has no such entry` };
    case "ENODEV":
      return { path: "dev" };
    case "EADDRNOTAVAIL":
      return { path: "via" };
    case "EAFNOSUPPORT":
      return { path: "dst", hint: "the VXLAN itself has addresses of the other family" };
    case "EPERM":
      return entry.state === "dynamic"
        ? {
            hint: `without CAP_NET_ADMIN, or ${name} is a bridge's port that does not learn: it is down, say`,
          }
        : undefined;
    case "EOPNOTSUPP":
      return adviceOnUnsupported(error, name, entry);
    case "EINVAL":
      return adviceOnInvalid(error, name, entry);
    default:
      return undefined;
  }
}

function adviceOnUnsupported(error: KernelError, name: string, entry: FdbAdd): Advice | undefined {
  if (entry.master) return { path: "master", hint: `${name} is not a port of a bridge` };
  if (error.request === "RTM_GETNEIGH") {
    return { path: "dev", hint: "of bridges and VXLANs alone; master asks the bridge that it is a port of" };
  }
  if (error.kernelMessage?.startsWith("Cannot replace")) {
    return { path: "mac", hint: "it has several destinations: append() one and delete() the other" };
  }
  return undefined;
}

/** To some of these the kernel says no more than EINVAL. */
function adviceOnInvalid(error: KernelError, name: string, entry: FdbAdd): Advice | undefined {
  if (entry.nhid !== undefined) return { path: "nhid" };
  if (error.kernelMessage !== undefined) {
    return entry.master && error.request === "RTM_GETNEIGH"
      ? { path: "master", hint: `${name} is not a port of a bridge` }
      : undefined;
  }
  if (entry.vlan !== undefined) {
    return { path: "vlan", hint: "the VLAN must be configured there, in a bridge that filters VLANs" };
  }
  if (entry.state !== undefined && entry.state !== "permanent") {
    return { path: "state", hint: "devices other than bridges and VXLANs take permanent entries only" };
  }
  return undefined;
}

/** What to say of a refused flush. */
export function adviceOnFlush(error: KernelError, filter: FdbFlush): Advice | undefined {
  switch (error.code) {
    case "ENODEV":
      return { path: "dev" };
    case "EOPNOTSUPP":
      return filter.master
        ? { path: "master", hint: "it is not a port of a bridge" }
        : { path: "dev", hint: "only the databases of bridges and VXLANs can be flushed" };
    case "EINVAL":
      return filter.brport === undefined ? undefined : { path: "brport" };
    default:
      return undefined;
  }
}
