import { expect, it } from "vitest";
import { listingPhoto } from "./photos";

it("addresses a listing's picture whatever its SKU is called", () => {
  expect(listingPhoto("LAMP/W 2#a", "9f86")).toBe("/api/v1/products/LAMP%2FW%202%23a/photos/9f86");
});
