/** Records the cable's conversation with this kernel: `node --import tsx examples/testing/record.ts`, no root. */
import { fileURLToPath } from "node:url";
import { record, withSandbox } from "nlkit/testing";
import { connect, describe } from "./cable.ts";

const file = fileURLToPath(new URL("cable.json", import.meta.url));

await withSandbox(async ({ open, namespace }) => {
  await using recording = record(file, { open, about: "a cable between host and box, laid twice" });
  const host = await namespace("host", { open: recording.openAs("host") });
  const box = await namespace("box", { open: recording.openAs("box") });
  for (const address of ["10.0.0.2/24", "10.0.0.3/24"])
    await connect(host, box, { address, gateway: "10.0.0.1" });
  console.log(await describe(box));
});
