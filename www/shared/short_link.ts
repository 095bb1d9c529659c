/**
 * Short links: what `c` holds, packed. `c=1.xY3...` is form 1: JSON in UTF-8, as raw deflate (RFC 1951), in base64url without
 * padding. The number says how to read the rest, and in whose words: a later form has a later number, and every form ever
 * handed out stays readable (tests/fixtures/links.json).
 */
import { type Address, readWhole } from "./address";
import { MAX_CONFIG_BYTES } from "./engine_types";
import { refused, toDistillError } from "./errors";
import { checkSize } from "./json";

/** The form that is written; the only one so far. */
const FORM = 1;

const encoder = new TextEncoder();

/** `json` packed, to stand in `c`. */
export async function pack(json: string): Promise<string> {
  const bytes = await through(new CompressionStream("deflate-raw"), encoder.encode(json), Number.POSITIVE_INFINITY);
  return `${FORM}.${toBase64Url(bytes)}`;
}

/** The JSON that `text` was packed from. */
export async function unpack(text: string): Promise<string> {
  const dot = text.indexOf(".");
  const form = text.slice(0, dot);
  if (form !== String(FORM)) {
    throw refused("unknown_form", "c", Number(form.slice(0, 9)), { kind: "link_form", form: FORM });
  }
  if (typeof DecompressionStream === "undefined") {
    throw refused("unsupported", "c", null, { kind: "newer_browser" });
  }
  const damaged = refused("not_packed", "c", text, { kind: "whole_link" });
  const packed = fromBase64Url(text.slice(dot + 1));
  if (packed === null) throw damaged;
  let bytes: Uint8Array;
  try {
    bytes = await through(new DecompressionStream("deflate-raw"), packed, MAX_CONFIG_BYTES);
  } catch {
    throw damaged;
  }
  const json = new TextDecoder().decode(bytes);
  // What is cut there is longer than is read.
  checkSize("c", json, bytes.length);
  return json;
}

/** `address` with what its short link holds; an address without one as it is. */
export async function unpacked(address: Address): Promise<Address> {
  const { packed, ...rest } = address;
  if (packed === null) return address;
  try {
    const whole = readWhole(await unpack(packed));
    const named = rest.parameters.filter(({ name }) => name === "preset");
    const others = rest.parameters.filter(({ name }) => name !== "preset");
    const ground = named.length > 0 ? named : whole.preset;
    return { ...rest, packed: null, parameters: [...ground, ...whole.parameters, ...others] };
  } catch (thrown) {
    const problem = { name: "c", error: toDistillError(thrown) };
    return { ...rest, packed: null, problems: [...rest.problems, problem] };
  }
}

/** `link` with its `c` packed, where that is shorter. */
export async function shortened(link: string): Promise<string> {
  const found = /([?&]c=)([^&#]*)/.exec(link);
  if (found === null || typeof CompressionStream === "undefined") return link;
  const [piece = "", key = "", value = ""] = found;
  const short = `${key}${await pack(decodeURIComponent(value))}`;
  return short.length < piece.length ? link.replace(piece, () => short) : link;
}

/** What comes out of a stream; one byte more than `most` at the most. */
async function through(stream: GenericTransformStream, bytes: Uint8Array, most: number): Promise<Uint8Array> {
  const writer = stream.writable.getWriter();
  // Errors are met again where the other end is read.
  void writer.write(bytes).catch(() => undefined);
  void writer.close().catch(() => undefined);
  const reader: ReadableStreamDefaultReader<Uint8Array> = stream.readable.getReader();
  const parts: number[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Uint8Array.from(parts);
    for (const byte of value.subarray(0, Math.min(value.length, most + 1 - parts.length))) parts.push(byte);
    if (parts.length > most) {
      void reader.cancel().catch(() => undefined);
      return Uint8Array.from(parts);
    }
  }
}

function toBase64Url(bytes: Uint8Array): string {
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64Url(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}
