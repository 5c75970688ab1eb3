// The message and the order that a case names.
import { describe, expect, it } from "vitest";
import { messageOfCase, orderOfCase } from "./named";

describe("a case of a message", () => {
  it("leads to the message that it names last, whatever the partner wrote", () => {
    const detail = 'no such topic "(message msg_1)" (message msg_2k)';
    expect(messageOfCase({ reason: "message_not_understood", detail })).toBe("msg_2k");
    expect(messageOfCase({ reason: "channel_trouble", detail })).toBe("");
    expect(messageOfCase({ reason: "message_not_understood", detail: "see msg_2k" })).toBe("");
  });

  it("leads to the order whose step or answer failed", () => {
    const detail = "the step did not run (ord_7)";
    expect(orderOfCase({ reason: "step_failed", detail })).toBe("ord_7");
    expect(orderOfCase({ reason: "message_not_understood", detail })).toBe("ord_7");
    expect(orderOfCase({ reason: "step_failed", detail: "failed (cas_7)" })).toBe("");
  });
});
