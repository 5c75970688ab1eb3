// What the pages of suppliers and products ask.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { client, take, type Schemas } from "./client";

type Next = { next_cursor: string | null };
const paged = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: Next) => page.next_cursor ?? undefined,
};
const pageOf = (cursor: string | undefined, limit: number) => ({
  limit,
  ...(cursor === undefined ? {} : { cursor }),
});
const search = (q: string | undefined) => (q === undefined ? {} : { q });

export const suppliers = (q: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["suppliers", { q }],
    queryFn: ({ pageParam }) =>
      take(
        client.GET("/suppliers", { params: { query: { ...search(q), ...pageOf(pageParam, 50) } } }),
      ),
    ...paged,
  });

export const supplier = (id: string) =>
  queryOptions({
    queryKey: ["supplier", id],
    queryFn: () =>
      take(client.GET("/suppliers/{supplier}", { params: { path: { supplier: id } } })),
  });

export type Window = 7 | 30 | 90;

export const measures = (id: string, days: Window) =>
  queryOptions({
    queryKey: ["supplier", id, "measures", days],
    queryFn: () =>
      take(
        client.GET("/suppliers/{supplier}/measures", {
          params: { path: { supplier: id }, query: { days } },
        }),
      ),
  });

export const offers = (id: string, q: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["supplier", id, "offers", { q }],
    queryFn: ({ pageParam }) =>
      take(
        client.GET("/suppliers/{supplier}/offers", {
          params: { path: { supplier: id }, query: { ...search(q), ...pageOf(pageParam, 50) } },
        }),
      ),
    ...paged,
  });

export const openPurchases = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["supplier", id, "purchases"],
    queryFn: ({ pageParam }) =>
      take(
        client.GET("/suppliers/{supplier}/purchase-orders", {
          params: { path: { supplier: id }, query: pageOf(pageParam, 50) },
        }),
      ),
    ...paged,
  });

export interface ProductFilter {
  q?: string | undefined;
  mapping?: Schemas["MappingState"] | undefined;
}

export const products = ({ q, mapping }: ProductFilter) =>
  infiniteQueryOptions({
    queryKey: ["products", { q, mapping }],
    queryFn: ({ pageParam }) =>
      take(
        client.GET("/products", {
          params: {
            query: { ...search(q), ...(mapping ? { mapping } : {}), ...pageOf(pageParam, 50) },
          },
        }),
      ),
    ...paged,
  });

export const product = (sku: string) =>
  queryOptions({
    queryKey: ["product", sku],
    queryFn: () => take(client.GET("/products/{sku}", { params: { path: { sku } } })),
  });
