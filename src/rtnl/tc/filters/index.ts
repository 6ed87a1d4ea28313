/** Every filter, by the kernel's name for it: the one place that knows them all. */
import { basic } from "./basic.ts";
import { bpf } from "./bpf.ts";
import { cgroup } from "./cgroup.ts";
import { flow } from "./flow.ts";
import { flower } from "./flower.ts";
import { fw } from "./fw.ts";
import { matchall } from "./matchall.ts";
import { route } from "./route.ts";
import { u32Filter } from "./u32.ts";

/** TCA_KIND → what TCA_OPTIONS of a filter holds. */
export const filterKinds = {
  basic,
  bpf,
  cgroup,
  flow,
  flower,
  fw,
  matchall,
  route,
  u32: u32Filter,
} as const;
