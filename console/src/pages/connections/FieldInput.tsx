// One field of a connection's form, drawn from what its account.toml says.
import { Checkbox, NativeSelect, PasswordInput, TextInput } from "@mantine/core";
import type { Schemas } from "../../api/client";
import { moment } from "../../kit/format";
import { useNow } from "../../kit/now";
import { useWords } from "../../words";
import { dropOf, helpOf, labelOf, type Field } from "./draft";

export type KnownSecret = Schemas["ConnectionDetail"]["secrets"][number];

interface Props {
  kind: string;
  field: Field;
  /** What is set. */
  value: string;
  secret?: KnownSecret | undefined;
  /** What the server says is wrong with it. */
  error: string;
}

/** Where the words for a choice stand, when not under the field's own name. */
const kindOf: Record<string, string> = { ship_model: "shipModel", tier: "tierName" };

export function FieldInput(props: Props) {
  const say = useWords();
  const { kind, field, value, error } = props;
  if (field.secret) return <SecretInput {...props} />;
  const label = labelOf(field, say);
  const standard = field.standard ? say.t("connect.standard", { value: field.standard }) : "";
  const common = {
    name: field.key,
    label,
    description: helpOf(kind, field, say),
    error: error || undefined,
    required: field.required,
  };
  if (field.type === "flag") {
    const { required: _, ...rest } = common;
    return (
      <Checkbox {...rest} value="true" defaultChecked={(value || field.standard) === "true"} />
    );
  }
  if (field.type === "choice") {
    const words = kindOf[field.key] ?? field.key;
    const choices = field.choices.map((each) => ({ value: each, label: say.name(words, each) }));
    const none = { value: "", label: field.required ? say.t("connect.choose") : standard };
    return <NativeSelect {...common} defaultValue={value} data={[none, ...choices]} />;
  }
  return (
    <TextInput
      {...common}
      defaultValue={value}
      placeholder={standard}
      inputMode={field.type === "number" ? "numeric" : "text"}
      spellCheck={false}
      autoComplete="off"
      maxLength={4000}
    />
  );
}

function SecretInput({ kind, field, secret, error }: Props) {
  const say = useWords();
  const { t, locale } = say;
  const now = useNow();
  const label = labelOf(field, say);
  const set = secret?.set ?? false;
  const when = secret?.set_at
    ? t("connect.secretSet", { when: moment(secret.set_at, now, locale) })
    : "";
  return (
    <div>
      <PasswordInput
        name={field.key}
        label={label}
        description={[helpOf(kind, field, say), set ? t("connect.secretKeep") : ""]
          .filter(Boolean)
          .join(". ")}
        placeholder={when}
        error={error || undefined}
        required={field.required && !set}
        autoComplete="new-password"
        maxLength={4000}
        visibilityToggleButtonProps={{ "aria-label": t("connect.secretShow"), tabIndex: 0 }}
      />
      {set && !field.required && (
        <Checkbox
          mt={6}
          size="xs"
          name={dropOf(field.key)}
          value="true"
          label={t("connect.secretDrop", { name: label })}
        />
      )}
    </div>
  );
}
