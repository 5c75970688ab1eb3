// A partner's message that could not be read, read again: the deed and its button, the same on the
// pages that show such messages.
import { Button } from "@mantine/core";
import { useMutation, useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useState } from "react";
import { everyKept } from "../api/inbox";
import { makeIntent } from "../api/intent";
import { replay } from "../api/queries";
import { announce } from "./announce";

/** `done` is announced; what else the page knows of the message is `stale` then. */
export function useReadAgain(id: string, done: string, stale: QueryKey[] = []) {
  const cache = useQueryClient();
  const [intent] = useState(makeIntent);
  return useMutation({
    mutationFn: () => intent((key) => replay(id, key)),
    onSuccess: () => {
      announce(done);
      for (const queryKey of [everyKept.queryKey, ...stale]) {
        void cache.invalidateQueries({ queryKey });
      }
    },
  });
}

export function ReadAgainButton({
  again,
  label,
}: {
  again: ReturnType<typeof useReadAgain>;
  label: string;
}) {
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={again.isPending}
      onClick={() => again.mutate()}
    >
      {label}
    </Button>
  );
}
