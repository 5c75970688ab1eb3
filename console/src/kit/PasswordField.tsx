// A password, which can be shown.
import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { useWords } from "../words";

export function PasswordField(props: PasswordInputProps) {
  const { t } = useWords();
  return (
    <PasswordInput
      visibilityToggleButtonProps={{ "aria-label": t("login.show"), tabIndex: 0 }}
      maxLength={1000}
      required
      {...props}
    />
  );
}
