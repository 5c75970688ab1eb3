// Scans find who wants them, in their order, also those that come before the page is there.
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { act } from "react";
import { beforeEach, expect, it, vi } from "vitest";
import { offer, scanned, useScan } from "./bus";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
let heard: string[];
let ready: boolean;
beforeEach(() => {
  heard = [];
  ready = true;
});

function Taker({ name }: { name: "page" | "window" }) {
  useScan((scan) => {
    if (!ready) return false;
    heard.push(`${name}:${scan.kind === "code" ? scan.text : scan.kind}`);
    return true;
  }, name);
  return null;
}

async function show(name: "page" | "window"): Promise<() => void> {
  const root = createRoot(document.createElement("div"));
  await act(async () => root.render(createElement(Taker, { name })));
  return () => act(() => root.unmount());
}

it("waits for a page that is not there yet", async () => {
  scanned("A-1");
  scanned("A-2");
  const close = await show("page");
  expect(heard).toEqual(["page:A-1", "page:A-2"]);
  close();
});

it("keeps the order while somebody is busy", async () => {
  const close = await show("page");
  ready = false;
  scanned("A-1");
  scanned("A-2");
  expect(heard).toEqual([]);
  ready = true;
  offer();
  scanned("A-3");
  expect(heard).toEqual(["page:A-1", "page:A-2", "page:A-3"]);
  close();
});

it("gives a scan to the window in front", async () => {
  // The page may well come after it, as when a page with an open window is loaded again.
  const closeWindow = await show("window");
  const closePage = await show("page");
  scanned("A-1");
  closeWindow();
  scanned("A-2");
  expect(heard).toEqual(["window:A-1", "page:A-2"]);
  closePage();
});

it("takes a command that was read twice at once as one, and goods as many", async () => {
  const close = await show("page");
  scanned("HF:NEXT", 10_000);
  scanned("HF:NEXT", 10_150);
  scanned("HF:NEXT", 11_000);
  expect(heard).toEqual(["page:command", "page:command"]);
  scanned("A-1", 12_000);
  scanned("A-1", 12_150);
  expect(heard.slice(2)).toEqual(["page:A-1", "page:A-1"]);
  close();
});

it("forgets what nobody wanted for long", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  scanned("A-1");
  vi.advanceTimersByTime(6_000);
  const close = await show("page");
  scanned("A-2");
  vi.useRealTimers();
  expect(heard).toEqual(["page:A-2"]);
  close();
});
