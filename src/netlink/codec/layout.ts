/** buffer-layout, in one place: every module that imports a CommonJS package gets a copy of all that it exports. */
export { blob, type Layout, s8, s16, s32, s32be, struct, u8, u16, u16be, u32, u32be } from "buffer-layout";
