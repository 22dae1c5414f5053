import { generateKeyPairSync, sign } from "node:crypto";
import { isIP } from "node:net";
import tls from "node:tls";
import { now, randomBytes } from "../../../src/core/clock.ts";

export type Certificate = { readonly certificate: string; readonly key: string };

let trusted: Certificate | undefined;

/**
 * One certificate for the loopback addresses, made when first asked for and trusted by this process:
 * a Discord voice client always dials wss:// and takes no TLS options.
 */
export function trustedCertificate(): Certificate {
  if (trusted) return trusted;
  return shareCertificate(selfSigned(["localhost", "127.0.0.1"]));
}

/** Takes the certificate of another process for this one's. */
export function shareCertificate(shared: Certificate): Certificate {
  trusted = shared;
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), shared.certificate]);
  return shared;
}

const day = 86_400_000;

/** A self-signed X.509 v3 certificate (RFC 5280) on P-256, valid from yesterday until tomorrow. */
function selfSigned(hosts: readonly string[]): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const ecdsaWithSha256 = sequence(objectId("1.2.840.10045.4.3.2"));
  const name = sequence(
    element(0x31, sequence(objectId("2.5.4.3"), element(0x0c, Buffer.from("loopback")))),
  );
  const toBeSigned = sequence(
    element(0xa0, element(0x02, Buffer.from([2]))),
    element(0x02, Buffer.from([1, ...randomBytes(8)])),
    ecdsaWithSha256,
    name,
    sequence(utcTime(now() - day), utcTime(now() + day)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    element(0xa3, sequence(alternativeNames(hosts), mayIssue())),
  );
  const signature = sign("sha256", toBeSigned, privateKey);
  const whole = sequence(
    toBeSigned,
    ecdsaWithSha256,
    element(0x03, Buffer.concat([Buffer.from([0]), signature])),
  );
  const lines = whole.toString("base64").match(/.{1,64}/g) ?? [];
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

function alternativeNames(hosts: readonly string[]): Buffer {
  const names = hosts.map((host) =>
    isIP(host) === 4
      ? element(0x87, Buffer.from(host.split(".").map(Number)))
      : element(0x82, Buffer.from(host)),
  );
  return sequence(objectId("2.5.29.17"), element(0x04, sequence(...names)));
}

/** Basic constraints, critical: this certificate is its own authority. */
const mayIssue = (): Buffer =>
  sequence(
    objectId("2.5.29.19"),
    element(0x01, Buffer.from([0xff])),
    element(0x04, sequence(element(0x01, Buffer.from([0xff])))),
  );

/** One DER element (ITU-T X.690): tag, length, contents. */
function element(tag: number, ...contents: readonly Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  const { length } = body;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const sequence = (...contents: readonly Buffer[]): Buffer => element(0x30, ...contents);

function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return element(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = value >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

/** `YYMMDDHHMMSSZ`. */
const utcTime = (moment: number): Buffer =>
  element(
    0x17,
    Buffer.from(`${new Date(moment).toISOString().replaceAll(/\D/g, "").slice(2, 14)}Z`),
  );
