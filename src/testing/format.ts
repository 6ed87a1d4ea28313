/** Fixtures as text. */
import type { Fixture, FixtureEvent, FixtureHeader, Opened } from "../decode/capture/fixture.ts";
import { protocolNames } from "../decode/capture/fixture-event.ts";
import { Families } from "../decode/families.ts";
import { annotate } from "./annotate.ts";

/**
 * A fixture as the text of its file: every datagram's bytes with what they say beside them. The same fixture gives the
 * same text.
 */
export function formatFixture(fixture: Fixture): string {
  const { events, ...header } = fixture;
  const lines = eventTexts(header, events);
  return `{\n"fixture": ${JSON.stringify(header, null, 1)},\n"events": [\n${lines.join(",\n")}\n]\n}\n`;
}

function eventTexts(header: FixtureHeader, events: readonly FixtureEvent[]): string[] {
  const families = new Families();
  const open = new Map<number, Opened>();
  return events.map((event) => {
    if (event.event === "open") {
      open.set(event.channel, event);
      return JSON.stringify({ ...event, protocol: protocolName(event.protocol) });
    }
    if (event.event !== "sent" && event.event !== "received") return JSON.stringify(event);
    const number = open.get(event.channel)?.protocol;
    families.learn({ bytes: event.bytes, protocol: number }, number, header.byteOrder);
    const protocol = families.protocolOf(number);
    const { byteOrder } = header;
    const { bytes, ...members } = event;
    const lines = annotate(bytes, { protocol, direction: event.event, byteOrder });
    const head = JSON.stringify(members).slice(0, -1);
    return `${head}, "bytes": [\n${lines.map((line) => `  ${JSON.stringify(line)}`).join(",\n")}\n]}`;
  });
}

function protocolName(number: number): string | number {
  return Object.keys(protocolNames).find((name) => protocolNames[name] === number) ?? number;
}
