import "@mantine/core/styles/default-css-variables.css";
import "@mantine/core/styles/baseline.css";
import "@mantine/core/styles/global.css";
import "@mantine/core/styles/UnstyledButton.css";
import "@mantine/core/styles/Button.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Loader.css";
import "@mantine/core/styles/Input.css";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/PasswordInput.css";
import "@mantine/core/styles/ActionIcon.css";
import "@mantine/core/styles/Checkbox.css";
import "@mantine/core/styles/Alert.css";
import "@mantine/core/styles/Skeleton.css";
import "./kit/tokens.css";
import { I18nProvider } from "@lingui/react";
import { createTheme, MantineProvider } from "@mantine/core";
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import * as v from "valibot";
import { cases } from "./api/cases";
import { filterOf } from "./api/filter";
import { asApiError, mayRetry } from "./api/problem";
import { maybeSignedIn, session } from "./api/queries";
import { makeRouter, queueSearch } from "./router";
import { i18n, readersLanguage, setLanguage } from "./words";

const theme = createTheme({ respectReducedMotion: true, cursorType: "pointer" });

const cache: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (thrown) => {
      // The session ended under our feet: the next page load of the router asks for a login.
      if (asApiError(thrown).code === "not_signed_in") {
        cache.setQueryData(session.queryKey, null);
        void router.invalidate();
      }
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A browser that thinks it is offline may still reach a server near by; else it says so.
      networkMode: "always",
      retry: (failures, thrown) => failures < 2 && mayRetry(asApiError(thrown)),
    },
    mutations: { retry: false, networkMode: "always" },
  },
});
const router = makeRouter(cache);

// Who is asking, the first rows and the code of the page are under way while the words come.
void cache.prefetchQuery(session);
const { pathname, search } = router.latestLocation;
const asked = v.safeParse(queueSearch, search);
if (pathname === "/" && asked.success && maybeSignedIn()) {
  void cache.prefetchInfiniteQuery(cases("exceptions", filterOf(asked.output)));
}
const [routes] = router.getMatchedRoutes(pathname);
for (const route of routes) {
  void router.loadRouteChunk(route);
}

// Without its catalogue the console still works, in English.
await setLanguage(readersLanguage()).catch(() => undefined);

// What a bench recorded without a network goes out on whatever page is opened next.
if (localStorage.getItem("holdfast-station-waiting")) {
  void import("./station/post").then(({ startPost }) => startPost());
}

const root = document.getElementById("root");
if (!root) throw new Error("the page has no root");
createRoot(root).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      {/* Variables and classes come from files: the policy can forbid style elements. */}
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <QueryClientProvider client={cache}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </I18nProvider>
  </StrictMode>,
);
