// The part as it is drawn: of windows, rows and the filter only what is chosen says so.
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { act, createElement } from "react";
import { createRoot } from "react-dom/client";
import { expect, it } from "vitest";
import example from "../../../../contract/examples/DecidedPage.json";
import { decidedCases, decidedCounts, type DecidedPage } from "../../api/learned";
import { policySearch } from "../../router";
import { Learned } from "./Learned";
import { daysIn, filterIn, type LearnedSearch } from "./learned";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

/** The part at an address, with the example of the contract as its answers. */
async function drawn(search: LearnedSearch): Promise<HTMLElement> {
  const page = example as DecidedPage;
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  const days = daysIn(search);
  client.setQueryData(decidedCounts(days).queryKey, page);
  client.setQueryData(decidedCases(days, filterIn(search)).queryKey, {
    pages: [page],
    pageParams: [undefined],
  });
  const root = createRootRoute();
  const signedIn = createRoute({ getParentRoute: () => root, id: "signed-in" });
  const policy = createRoute({
    getParentRoute: () => signedIn,
    path: "/policy",
    validateSearch: policySearch,
    component: () => createElement(Learned, { mayChange: true }),
  });
  const query = new URLSearchParams({ tab: "learned", ...search });
  const router = createRouter({
    routeTree: root.addChildren([signedIn.addChildren([policy])]),
    history: createMemoryHistory({ initialEntries: [`/policy?${query}`] }),
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  });
  const inside = createElement(RouterProvider, { router } as never);
  const asking = createElement(QueryClientProvider, { client }, inside);
  const speaking = createElement(I18nProvider, { i18n, children: asking });
  const place = document.createElement("div");
  const tree = createRoot(place);
  await act(async () => {
    tree.render(createElement(MantineProvider, null, speaking));
    await router.load();
  });
  return place;
}

const chosenIn = (place: HTMLElement) =>
  [...place.querySelectorAll("a[aria-current]")].map((each) => each.textContent);

it("says which window is chosen, and no other", async () => {
  expect(chosenIn(await drawn({}))).toEqual(["30 days"]);
  expect(chosenIn(await drawn({ days: "7" }))).toEqual(["7 days"]);
});

it("says which row and filter the list is narrowed to", async () => {
  const place = await drawn({ days: "7", cause: "supplier_error", rule: "true" });
  expect(chosenIn(place)).toEqual(["7 days", "Supplier error", "Only where a rule should change"]);
  expect(place.textContent).toContain("#1001");
});
