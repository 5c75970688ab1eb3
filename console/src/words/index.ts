// The console's words. Keys are typed; a language is one folder with the same keys.
import { i18n } from "@lingui/core";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import { useLingui } from "@lingui/react";
import { codes } from "./en/codes";
import { common } from "./en/common";
import { enums } from "./en/enums";
import { imports } from "./en/imports";
import { health } from "./en/health";
import { order } from "./en/order";
import { queue } from "./en/queue";
import { station } from "./en/station";

export const en = {
  ...codes,
  ...common,
  ...enums,
  ...imports,
  ...queue,
  ...order,
  ...station,
  ...health,
} as const;
export type Key = keyof typeof en;
type Values = Record<string, string | number>;

i18n.setMessagesCompiler(compileMessage);
i18n.load("en", { ...en });
i18n.activate("en");

export { i18n };

export interface Words {
  /** The words of a key, with its values filled in. */
  t: (key: Key, values?: Values) => string;
  /** The name of a value that the server sent; an unknown one is shown as it came. */
  name: (kind: string, value: string) => string;
  locale: string;
}

export const words: Words = {
  t: (key, values) => i18n._(key, values),
  name: (kind, value) =>
    `${kind}.${value}` in en ? i18n._(`${kind}.${value}`) : value.replaceAll("_", " "),
  locale: "en",
};

/** The words in the reader's language; the component is drawn again when it changes. */
export function useWords(): Words {
  const { i18n: active } = useLingui();
  return { ...words, locale: active.locale };
}
