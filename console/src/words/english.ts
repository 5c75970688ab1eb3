// English whatever the reader's language: for what is written to somebody else.
import { setupI18n } from "@lingui/core";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import { en, type Key, type Words } from ".";

const english = setupI18n({ locale: "en", messages: { en: { ...en } } });
english.setMessagesCompiler(compileMessage);

export const inEnglish: Pick<Words, "t" | "locale"> = {
  t: (key: Key, values) => english._(key, values),
  locale: "en",
};
