// One of the pictures that say what a listing promises.
import { listingPhoto } from "../api/photos";
import { useWords } from "../words";

interface Props {
  sku: string;
  sha256: string;
  /** Which of the listing's pictures, counted from 1. */
  at: number;
  /** What it shows, in words; else its SKU. */
  what?: string;
  /** Shows nothing where it cannot be had, and is asked for before the network is gone. */
  mayMiss?: boolean;
}

export function ListingPhoto({ sku, sha256, at, what = sku, mayMiss = false }: Props) {
  const { t } = useWords();
  return (
    <img
      src={listingPhoto(sku, sha256)}
      alt={t("listing.photo", { at, what })}
      loading={mayMiss ? "eager" : "lazy"}
      onError={(event) => (event.currentTarget.hidden = mayMiss)}
    />
  );
}
