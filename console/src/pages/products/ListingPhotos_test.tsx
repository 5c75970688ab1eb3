// A picture of the listing is sent as it was made smaller, and sent again under the same key.
import { I18nProvider } from "@lingui/react";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, createElement } from "react";
import { createRoot } from "react-dom/client";
import { beforeEach, expect, it, vi } from "vitest";
import type { Schemas } from "../../api/client";
import { ApiError } from "../../api/problem";
import { session } from "../../api/queries";
import { i18n } from "../../words";
import { ListingPhotos } from "./ListingPhotos";

const { add, small } = vi.hoisted(() => ({ add: vi.fn(), small: vi.fn() }));
vi.mock("../../api/listing", () => ({ addListingPhoto: add, removeListingPhoto: vi.fn() }));
vi.mock("../../kit/photos", () => ({ smallPhoto: small }));

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const photos = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    sha256: String(at).padStart(64, "0"),
    by: "ana",
    at: "2026-03-01T08:20:00Z",
  }));

function page(count: number, stores: string[] = []): HTMLElement {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(session.queryKey, { rights: ["decide"], user: { stores } } as never);
  const of = { product: { sku: "LAMP-W" }, photos: photos(count) } as Schemas["Product"];
  const shown = createElement(ListingPhotos, { of });
  const asked = createElement(QueryClientProvider, { client }, shown);
  const within = createElement(I18nProvider, { i18n }, asked);
  const home = document.createElement("div");
  act(() => createRoot(home).render(createElement(MantineProvider, null, within)));
  return home;
}

const field = (home: HTMLElement) => home.querySelector<HTMLInputElement>("input[type=file]");

const settle = () => act(() => new Promise((done) => setTimeout(done, 20)));

async function choose(home: HTMLElement): Promise<void> {
  const input = field(home)!;
  const file = new File(["camera"], "lamp.jpg", { type: "image/jpeg" });
  Object.defineProperty(input, "files", { value: [file], configurable: true });
  act(() => void input.dispatchEvent(new Event("change", { bubbles: true })));
  await settle();
}

beforeEach(() => {
  add.mockReset().mockResolvedValue({});
  small.mockReset().mockResolvedValue(new Blob(["small"], { type: "image/jpeg" }));
});

it("has a field for those who may, until there are eight", () => {
  expect(field(page(7))).not.toBeNull();
  expect(field(page(7, ["loom"]))).toBeNull();
  const full = page(8);
  expect(field(full)).toBeNull();
  expect(full.textContent).toContain("There are 8 photos");
  expect(full.querySelectorAll("img")[7]?.alt).toBe("Listing photo 8 of LAMP-W");
});

it("tries what did not arrive again under the same key", async () => {
  const home = page(0);
  add.mockRejectedValueOnce(new ApiError(0, "unreachable", ""));
  await choose(home);
  const again = [...home.querySelectorAll("button")].find(
    (each) => each.textContent === "Try again",
  );
  act(() => again!.click());
  await settle();
  expect(add.mock.calls.map(([sku]) => sku)).toEqual(["LAMP-W", "LAMP-W"]);
  expect(add.mock.calls[1]![2]).toBe(add.mock.calls[0]![2]);
  expect(home.querySelector("[role=alert]")).toBeNull();
  await choose(home);
  expect(add.mock.calls[2]![2]).not.toBe(add.mock.calls[0]![2]);
});

it("says that a picture cannot be read, and sends nothing", async () => {
  const home = page(0);
  small.mockRejectedValue(new Error("no picture"));
  await choose(home);
  expect(home.querySelector("[role=alert]")?.textContent).toContain("cannot be read");
  expect(home.querySelectorAll("button")).toHaveLength(0);
  expect(add).not.toHaveBeenCalled();
});
