// What the buyer read is asked for by nobody who may not see buyers, and only once it is opened.
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, it, vi } from "vitest";
import { session } from "../../api/queries";
import { hasText, MessageText } from "./MessageText";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const text = {
  language: "de",
  subject: "Bestellung #7: unterwegs",
  text: "Ihr Paket ist beim Zusteller.\n",
  at: "2026-03-04T09:30:00.000Z",
};

async function shown(rights: string[]) {
  const fetched = vi.fn(() =>
    Promise.resolve(
      new Response(JSON.stringify(text), { headers: { "Content-Type": "application/json" } }),
    ),
  );
  vi.stubGlobal("fetch", fetched);
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(session.queryKey, { rights, user: { stores: [] } } as never);
  const page = document.createElement("div");
  document.body.append(page);
  const root = createRoot(page);
  act(() =>
    root.render(
      <I18nProvider i18n={i18n}>
        <QueryClientProvider client={client}>
          <MantineProvider>
            <MessageText order="ord_7" event={12} />
          </MantineProvider>
        </QueryClientProvider>
      </I18nProvider>,
    ),
  );
  const closed = fetched.mock.calls.length;
  const details = page.querySelector("details");
  if (details)
    await act(async () => {
      details.open = true;
      details.dispatchEvent(new Event("toggle"));
      await new Promise((done) => setTimeout(done, 50));
    });
  const letter = page.querySelector("blockquote");
  const seen = { closed, asked: fetched.mock.calls.length, offered: details !== null, letter };
  act(() => root.unmount());
  page.remove();
  vi.unstubAllGlobals();
  return seen;
}

it("is fetched when it is opened and shown as it was sent, in its language", async () => {
  const { closed, asked, letter } = await shown(["read", "buyers"]);
  expect(closed).toBe(0);
  expect(asked).toBe(1);
  expect(letter?.lang).toBe("de");
  expect(letter?.textContent).toBe(`${text.subject}\n\n${text.text}`);
});

it("is not offered without the right to see buyers", async () => {
  expect(await shown(["read", "messages"])).toMatchObject({ offered: false, asked: 0 });
});

it("is there for messages of ours that may have reached the buyer", () => {
  const message = {
    moment: "delivered" as const,
    parcel: 1,
    speaker: "holdfast" as const,
    language: "de",
    state: "done" as const,
    at: text.at,
    event: 12,
    detail: "",
  };
  expect(hasText(message)).toBe(true);
  expect(hasText({ ...message, state: "unknown" })).toBe(true);
  expect(hasText({ ...message, state: null })).toBe(false);
  expect(hasText({ ...message, state: "withdrawn" })).toBe(false);
  expect(hasText({ ...message, speaker: "store" })).toBe(false);
});
