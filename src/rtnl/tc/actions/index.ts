/** Every action, by the kernel's name for it: the one place that knows them all. */
import { actBpf } from "./bpf.ts";
import { connmark } from "./connmark.ts";
import { csum } from "./csum.ts";
import { ct } from "./ct.ts";
import { ctinfo } from "./ctinfo.ts";
import { gact } from "./gact.ts";
import { gate } from "./gate.ts";
import { ife } from "./ife.ts";
import { mirred } from "./mirred.ts";
import { mpls } from "./mpls.ts";
import { nat } from "./nat.ts";
import { pedit } from "./pedit.ts";
import { policeAttrs } from "./police.ts";
import { sample } from "./sample.ts";
import { simple } from "./simple.ts";
import { skbedit } from "./skbedit.ts";
import { skbmod } from "./skbmod.ts";
import { tunnelKey } from "./tunnel-key.ts";
import { vlan } from "./vlan.ts";

/** TCA_ACT_KIND → what TCA_ACT_OPTIONS holds. */
export const actionKinds = {
  bpf: actBpf,
  connmark,
  csum,
  ct,
  ctinfo,
  gact,
  gate,
  ife,
  mirred,
  mpls,
  nat,
  pedit,
  police: policeAttrs,
  sample,
  simple,
  skbedit,
  skbmod,
  tunnel_key: tunnelKey,
  vlan,
} as const;
