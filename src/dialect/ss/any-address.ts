// Which any-address ss means by "*": it depends on the version, which shows only in how other addresses are written.

import type { Family } from "../../tcp/segment.ts";
import type { ColonEndpoints } from "../text/colon-endpoint.ts";

/**
 * | iproute2 | IPv4 any | IPv6 any, both families | IPv6 any | IPv6 address |
 * | -------- | -------- | ----------------------- | -------- | ------------ |
 * | to 4.12  | *        | ::                      | ::       | ::1:25       |
 * | 4.13     | *        | *                       | *        | [::1]:25     |
 * | from 4.14| 0.0.0.0  | *                       | [::]     | [::1]:25     |
 */
export class AnyAddress {
  /** What "*" stands for; undefined where that is not known yet; null where it cannot be told (4.13). */
  family: Family | null | undefined;
  #bracketed = false;
  #starForIpv4 = false;

  /** Takes in how the endpoint that was read last is written. */
  notice({ form, bracketed }: ColonEndpoints): void {
    if (this.family !== undefined) return;
    if (form === "ipv4-any" || (bracketed && form === "ipv6-any")) this.family = "ipv6";
    else if (!bracketed && (form === "ipv6" || form === "ipv6-any")) this.family = "ipv4";
    else if (bracketed) this.#bracketed = true;
    this.#conclude();
  }

  /** A row has an IPv4 address, and "*" for the other end. */
  noticeStarForIpv4(): void {
    this.#starForIpv4 = true;
    this.#conclude();
  }

  #conclude(): void {
    if (this.family === undefined && this.#bracketed && this.#starForIpv4) this.family = null;
  }
}
