import { arrayOf } from "../../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { enumeration, flags } from "../../../netlink/codec/enumeration.ts";
import { u16, u32 } from "../../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../../netlink/codec/shape.ts";
import { fixedString } from "../../../netlink/codec/string.ts";
import { type StructShape, struct } from "../../../netlink/codec/struct.ts";

const bitrate = withUnit(u32, "bit/s") as typeof u32;

/** Times in time quanta, the quantum itself (`tq`) in ns, the sample point in 1/1000 of a bit. */
const bittiming = struct("can-bittiming", {
  bitrate,
  samplePoint: u32,
  tq: withUnit(u32, "ns"),
  propSeg: u32,
  phaseSeg1: u32,
  phaseSeg2: u32,
  sjw: u32,
  brp: u32,
});

const bittimingConst = struct("can-bittiming-const", {
  /** Of the driver. */
  name: fixedString(16),
  tseg1Min: u32,
  tseg1Max: u32,
  tseg2Min: u32,
  tseg2Max: u32,
  sjwMax: u32,
  brpMin: u32,
  brpMax: u32,
  brpInc: u32,
});

const state = enumeration(u32, "CAN_STATE_", {
  "error-active": 0,
  "error-warning": 1,
  "error-passive": 2,
  "bus-off": 3,
  stopped: 4,
  sleeping: 5,
});

const ctrlmodes = flags(u32, "CAN_CTRLMODE_", {
  loopback: 0x1,
  listenonly: 0x2,
  "3-samples": 0x4,
  "one-shot": 0x8,
  "berr-reporting": 0x10,
  fd: 0x20,
  "presume-ack": 0x40,
  "fd-non-iso": 0x80,
  "cc-len8-dlc": 0x100,
  "tdc-auto": 0x200,
  "tdc-manual": 0x400,
  restricted: 0x800,
  xl: 0x1000,
  "xl-tdc-auto": 0x2000,
  "xl-tdc-manual": 0x4000,
  "xl-tms": 0x8000,
});

/** Transmitter delay compensation, in periods of the clock. */
const tdc = attributes("ifla-can-tdc", () => ({
  tdcvMin: attr("IFLA_CAN_TDC_TDCV_MIN", 1, u32),
  tdcvMax: attr("IFLA_CAN_TDC_TDCV_MAX", 2, u32),
  tdcoMin: attr("IFLA_CAN_TDC_TDCO_MIN", 3, u32),
  tdcoMax: attr("IFLA_CAN_TDC_TDCO_MAX", 4, u32),
  tdcfMin: attr("IFLA_CAN_TDC_TDCF_MIN", 5, u32),
  tdcfMax: attr("IFLA_CAN_TDC_TDCF_MAX", 6, u32),
  tdcv: attr("IFLA_CAN_TDC_TDCV", 7, u32),
  tdco: attr("IFLA_CAN_TDC_TDCO", 8, u32),
  tdcf: attr("IFLA_CAN_TDC_TDCF", 9, u32),
}));

/** Pulse width modulation of CAN XL, in periods of the clock. */
const pwm = attributes("ifla-can-pwm", () => ({
  pwmsMin: attr("IFLA_CAN_PWM_PWMS_MIN", 1, u32),
  pwmsMax: attr("IFLA_CAN_PWM_PWMS_MAX", 2, u32),
  pwmlMin: attr("IFLA_CAN_PWM_PWML_MIN", 3, u32),
  pwmlMax: attr("IFLA_CAN_PWM_PWML_MAX", 4, u32),
  pwmoMin: attr("IFLA_CAN_PWM_PWMO_MIN", 5, u32),
  pwmoMax: attr("IFLA_CAN_PWM_PWMO_MAX", 6, u32),
  pwms: attr("IFLA_CAN_PWM_PWMS", 7, u32),
  pwml: attr("IFLA_CAN_PWM_PWML", 8, u32),
  pwmo: attr("IFLA_CAN_PWM_PWMO", 9, u32),
}));

const set = attributes("linkinfo-can-attrs", () => ({
  bittiming: attr("IFLA_CAN_BITTIMING", 1, bittiming),
  bittimingConst: attr("IFLA_CAN_BITTIMING_CONST", 2, bittimingConst),
  clock: attr("IFLA_CAN_CLOCK", 3, struct("can-clock", { freq: withUnit(u32, "Hz") })),
  state: attr("IFLA_CAN_STATE", 4, state),
  /** Modes, and which of them are meant. */
  ctrlmode: attr("IFLA_CAN_CTRLMODE", 5, struct("can-ctrlmode", { mask: ctrlmodes, flags: ctrlmodes })),
  /** After how long a bus that is off is tried again; 0 never. */
  restartMs: attr("IFLA_CAN_RESTART_MS", 6, withUnit(u32, "ms")),
  /** Tries again now; the number does not count. Only sent. */
  restart: attr("IFLA_CAN_RESTART", 7, u32),
  berrCounter: attr("IFLA_CAN_BERR_COUNTER", 8, struct("can-berr-counter", { txerr: u16, rxerr: u16 })),
  /** Of the data phase of CAN FD. */
  dataBittiming: attr("IFLA_CAN_DATA_BITTIMING", 9, bittiming),
  dataBittimingConst: attr("IFLA_CAN_DATA_BITTIMING_CONST", 10, bittimingConst),
  termination: attr("IFLA_CAN_TERMINATION", 11, withUnit(u16, "ohm")),
  terminationConst: attr("IFLA_CAN_TERMINATION_CONST", 12, arrayOf(withUnit(u16, "ohm"))),
  bitrateConst: attr("IFLA_CAN_BITRATE_CONST", 13, arrayOf(bitrate)),
  dataBitrateConst: attr("IFLA_CAN_DATA_BITRATE_CONST", 14, arrayOf(bitrate)),
  bitrateMax: attr("IFLA_CAN_BITRATE_MAX", 15, bitrate),
  tdc: attr("IFLA_CAN_TDC", 16, tdc),
  ctrlmodeExt: attr(
    "IFLA_CAN_CTRLMODE_EXT",
    17,
    attributes("ifla-can-ctrlmode", () => ({ supported: attr("IFLA_CAN_CTRLMODE_SUPPORTED", 1, ctrlmodes) })),
  ),
  /** Of the data phase of CAN XL. */
  xlDataBittiming: attr("IFLA_CAN_XL_DATA_BITTIMING", 18, bittiming),
  xlDataBittimingConst: attr("IFLA_CAN_XL_DATA_BITTIMING_CONST", 19, bittimingConst),
  xlDataBitrateConst: attr("IFLA_CAN_XL_DATA_BITRATE_CONST", 20, arrayOf(bitrate)),
  xlTdc: attr("IFLA_CAN_XL_TDC", 21, tdc),
  xlPwm: attr("IFLA_CAN_XL_PWM", 22, pwm),
}));

/** Options of a CAN link (linux/can/netlink.h IFLA_CAN_*, the kernel's can.rst, ip-link(8)). */
export interface CanAttrs extends Infer<typeof set> {}
export const can: AttributeSet<CanAttrs> = set;

const stats = struct("can-device-stats", {
  busError: u32,
  errorWarning: u32,
  errorPassive: u32,
  busOff: u32,
  arbitrationLost: u32,
  restarts: u32,
});
/** struct can_device_stats (linux/can/netlink.h): what IFLA_INFO_XSTATS of a CAN link holds. */
export interface CanDeviceStats extends Infer<typeof stats> {}
export const canDeviceStats: StructShape<CanDeviceStats> = stats;
