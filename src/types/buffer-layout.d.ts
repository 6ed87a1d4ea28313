/** The part of buffer-layout 1.2 that nlkit uses: it has no types of its own. */
declare module "buffer-layout" {
  export class Layout {
    constructor(span: number, property?: string);
    readonly span: number;
    readonly property: string | undefined;
  }
  export class Structure extends Layout {
    readonly fields: readonly Layout[];
    offsetOf(property: string): number | undefined;
    decode(bytes: Uint8Array, offset?: number): Record<string, unknown>;
    encode(value: Record<string, unknown>, bytes: Uint8Array, offset?: number): number;
  }
  export function struct(fields: readonly Layout[], property?: string): Structure;
  export function blob(length: number, property?: string): Layout;
  export function u8(property?: string): Layout;
  export function u16(property?: string): Layout;
  export function u32(property?: string): Layout;
  export function u16be(property?: string): Layout;
  export function u32be(property?: string): Layout;
  export function s32be(property?: string): Layout;
  export function s8(property?: string): Layout;
  export function s16(property?: string): Layout;
  export function s32(property?: string): Layout;
}
