// Where pictures are. Apart from what is done with them, because the first page shows them too.

/** The address of one of a listing's pictures. */
export const listingPhoto = (sku: string, sha256: string): string =>
  `/api/v1/products/${encodeURIComponent(sku)}/photos/${sha256}`;
