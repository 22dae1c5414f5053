import { createHmac, timingSafeEqual } from "node:crypto";
import { hmacSha256 } from "./hmac.ts";
import { ApprenticeError } from "../../core/errors.ts";
import type { KeptCall } from "./parts.ts";

/** Discord's limit, in characters. */
const longest = 100;
const markBytes = 8;

/** Writes calls into the ids of buttons and windows, and reads only what it wrote itself. */
export type CustomIds = {
  /** `window`: the id of a form that has the option `asks` among its fields. */
  write(kind: "button" | "window", call: KeptCall): Promise<string>;
  /** Throws `button-unknown` for an id that this bot did not write, or whose call is gone. */
  read(kind: "button" | "window", id: string): Promise<KeptCall>;
};

type Store = {
  keep(call: KeptCall): Promise<string>;
  find(id: string): Promise<KeptCall | undefined>;
};

/**
 * An id is a kind, a mark and a body: `b` + HMAC-SHA256 cut to 8 bytes + `feedback rating=good ...`, or
 * the number under which a longer call is kept. The mark's key comes from the bot's token, so that ids
 * live as long as the bot does and nobody else can make one.
 */
export function createCustomIds(token: string, store: Store): CustomIds {
  const key = createHmac("sha256", token).update("apprentice custom ids").digest();
  const authenticate = hmacSha256(key);
  const sign = (body: string): string =>
    authenticate(body).subarray(0, markBytes).toString("base64url");
  const markLength = sign("").length;
  const seal = (body: string): string => body[0]! + sign(body) + body.slice(1);

  return {
    async write(kind, call) {
      const short = seal(letters[kind] + pack(call));
      if (short.length <= longest) return short;
      return seal(`${letters[kind]}#${await store.keep(call)}`);
    },
    async read(kind, id) {
      const body = (id[0] ?? "") + id.slice(1 + markLength);
      const isOurs =
        id.length > 1 + markLength &&
        timingSafeEqual(hash(id), hash(seal(body))) &&
        body.startsWith(letters[kind]);
      const content = body.slice(1);
      const call = !isOurs
        ? undefined
        : content.startsWith("#")
          ? await store.find(content.slice(1))
          : unpack(content);
      if (!call) throw new ApprenticeError("button-unknown");
      return call;
    },
  };
}

const letters = { button: "b", window: "w" } as const;
const hash = (text: string): Buffer => createHmac("sha256", "").update(text).digest();

/** `name asks a=1&b=2`, with UUIDs shortened to 22 characters after a `~`. */
function pack({ name, asks = "", values }: KeptCall): string {
  const pairs = Object.entries(values).map(
    ([key, value]) => `${encode(key)}=${encode(shortened(String(value)))}`,
  );
  return [name, asks, pairs.join("&")].join(" ");
}

function unpack(text: string): KeptCall {
  const [name = "", asks = "", pairs = ""] = text.split(" ");
  const values = Object.fromEntries(
    pairs
      .split("&")
      .filter((pair) => pair !== "")
      .map((pair) => pair.split("=").map(decodeURIComponent))
      .map(([key = "", value = ""]) => [key, lengthened(value)]),
  );
  return { name, values, ...(asks !== "" && { asks }) };
}

/** Percent-encodes only what has a meaning here; letters of any script stay as they are. */
const encode = (text: string): string =>
  text.replaceAll(/[%&= ]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const shortened = (value: string): string =>
  uuid.test(value)
    ? `~${Buffer.from(value.replaceAll("-", ""), "hex").toString("base64url")}`
    : value.replace(/^~/, "~~");

function lengthened(value: string): string {
  if (value.startsWith("~~")) return value.slice(1);
  if (!value.startsWith("~")) return value;
  const hex = Buffer.from(value.slice(1), "base64url").toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
