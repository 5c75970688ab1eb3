// A new password and its repetition, as "password" and "again" of a form.
import { useWords, type Key } from "../words";
import { PasswordField } from "./PasswordField";
import { passwordTrouble } from "./passwords";

export function NewPassword({
  label,
  again,
  autoFocus = false,
}: {
  label: string;
  again: string;
  autoFocus?: boolean;
}) {
  const { t } = useWords();
  return (
    <>
      <PasswordField
        name="password"
        label={label}
        description={t("password.rule")}
        autoComplete="new-password"
        autoFocus={autoFocus}
      />
      <PasswordField name="again" label={again} autoComplete="new-password" />
    </>
  );
}

/** What is wrong with what was typed, in words; nothing when it may go. */
export function passwordWrong(typed: FormData, t: (key: Key) => string): string | undefined {
  const trouble = passwordTrouble(String(typed.get("password")), String(typed.get("again")));
  return trouble && t(trouble);
}
