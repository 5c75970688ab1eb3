// A field whose value counts once it is left or confirmed: not every letter asks the server.
import { TextInput, type TextInputProps } from "@mantine/core";
import { useState } from "react";
import { pressed } from "./keys";

export function SettledField({
  chosen,
  choose,
  ...rest
}: Omit<TextInputProps, "value" | "onChange"> & {
  chosen: string;
  choose: (value: string | undefined) => void;
}) {
  const [typed, setTyped] = useState(chosen);
  const [before, setBefore] = useState(chosen);
  if (before !== chosen) {
    setBefore(chosen);
    setTyped(chosen);
  }
  const done = () => {
    if (typed.trim() !== chosen) choose(typed.trim() || undefined);
  };
  return (
    <TextInput
      size="xs"
      {...rest}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (pressed(event.nativeEvent, "confirm")) done();
      }}
    />
  );
}
