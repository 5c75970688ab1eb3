// What the listing promises, in pictures: shown, added and removed.
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, type ChangeEvent, type RefObject } from "react";
import type { Schemas } from "../../api/client";
import { makeIntent } from "../../api/intent";
import { addListingPhoto, removeListingPhoto } from "../../api/listing";
import { listingPhoto } from "../../api/photos";
import { ApiError, asApiError, mayRetry } from "../../api/problem";
import { ActionForm } from "../../kit/ActionForm";
import { announce } from "../../kit/announce";
import { When } from "../../kit/bits";
import { ListingPhoto } from "../../kit/ListingPhoto";
import { smallPhoto } from "../../kit/photos";
import { Problem } from "../../kit/states";
import { useWords } from "../../words";
import classes from "./listing.module.css";
import { useMayDecide } from "./may";

/** The server's bound. */
const most = 8;

export function ListingPhotos({ of }: { of: Schemas["Product"] }) {
  const { t } = useWords();
  const may = useMayDecide();
  const { sku } = of.product;
  // What had the focus is gone with a picture that is removed, and with the field at the last one.
  const adding = useRef<HTMLDivElement>(null);
  return (
    <>
      {of.photos.length === 0 ? (
        <p>{t("listing.photosNone")}</p>
      ) : (
        <ul className={classes.photos}>
          {of.photos.map(({ sha256, by, at }, before) => (
            <li key={sha256}>
              <figure>
                <a href={listingPhoto(sku, sha256)} target="_blank" rel="noreferrer">
                  <ListingPhoto sku={sku} sha256={sha256} at={before + 1} />
                </a>
                <figcaption>
                  {by} · <When at={at} />
                </figcaption>
              </figure>
              {may && <Remove sku={sku} sha256={sha256} at={before + 1} adding={adding} />}
            </li>
          ))}
        </ul>
      )}
      {may && (
        <div
          ref={adding}
          role="group"
          aria-label={t("listing.add")}
          tabIndex={-1}
          className={classes.adding}
        >
          <Add sku={sku} count={of.photos.length} adding={adding} />
        </div>
      )}
    </>
  );
}

interface Within {
  sku: string;
  adding: RefObject<HTMLDivElement | null>;
}

function Remove({ sku, sha256, at, adding }: Within & { sha256: string; at: number }) {
  const { t } = useWords();
  const cache = useQueryClient();
  return (
    <ActionForm
      title={t("listing.remove")}
      about={t("listing.removeOf", { at })}
      danger
      run={async () => {
        await removeListingPhoto(sku, sha256);
        announce(t("listing.removed", { sku }));
        await cache.invalidateQueries({ queryKey: ["product", sku] });
        adding.current?.focus();
      }}
    />
  );
}

function Add({ sku, count, adding }: Within & { count: number }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const intent = useRef(makeIntent());
  const add = useMutation({
    mutationFn: async (file: File) => {
      const picture = await smallPhoto(file).catch(() => {
        throw new ApiError(422, "unreadable", t("listing.unreadable"));
      });
      await intent.current((key) => addListingPhoto(sku, picture, key));
    },
    onSuccess: async () => {
      announce(t("listing.added", { sku }));
      await cache.invalidateQueries({ queryKey: ["product", sku] });
      if (count + 1 >= most) adding.current?.focus();
    },
  });

  function choose(event: ChangeEvent<HTMLInputElement>): void {
    const file = event.currentTarget.files?.[0];
    // The same file may be chosen again.
    event.currentTarget.value = "";
    if (!file || add.isPending) return;
    intent.current = makeIntent();
    add.mutate(file);
  }

  if (count >= most) return <p>{t("listing.photosFull", { most })}</p>;
  return (
    <>
      <label className={classes.file}>
        {t("listing.add")}
        <input
          type="file"
          accept="image/*"
          // It keeps the focus while a picture is on its way, but takes no other.
          aria-disabled={add.isPending}
          onClick={(event) => add.isPending && event.preventDefault()}
          onChange={choose}
        />
      </label>
      <span role="status">{add.isPending && t("listing.adding")}</span>
      {add.isError && <Problem error={add.error} />}
      {add.isError && mayRetry(asApiError(add.error)) && (
        <Button size="compact-sm" variant="default" onClick={() => add.mutate(add.variables)}>
          {t("state.retry")}
        </Button>
      )}
    </>
  );
}
