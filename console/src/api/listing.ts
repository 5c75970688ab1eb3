// What people add to a listing: its pictures, and what they found who compared an item with it.
import { client, once, take, type Schemas } from "./client";

export const addListingPhoto = (sku: string, picture: Blob, key: string) =>
  take(
    client.POST("/products/{sku}/photos", {
      params: { path: { sku }, ...once(key) },
      body: picture as unknown as string,
      bodySerializer: (body) => body as unknown as BodyInit,
      headers: { "Content-Type": picture.type },
    }),
  );

export async function removeListingPhoto(sku: string, sha256: string): Promise<void> {
  await take(
    client.DELETE("/products/{sku}/photos/{sha256}", { params: { path: { sku, sha256 } } }),
  );
}

export const judgeEquivalent = (sku: string, body: Schemas["NewEquivalent"], key: string) =>
  take(
    client.POST("/products/{sku}/equivalents", { params: { path: { sku }, ...once(key) }, body }),
  );
