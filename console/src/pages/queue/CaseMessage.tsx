// The way from a case of a message or of a step to what it is about: the message itself, to read
// and to have read again, or the order whose step failed.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { keptMessage } from "../../api/inbox";
import { access } from "../../api/people";
import { session, type Exception } from "../../api/queries";
import { Section, Tag } from "../../kit/bits";
import { PartnerMessage } from "../../kit/PartnerMessage";
import { ReadAgainButton, useReadAgain } from "../../kit/ReadAgain";
import { Problem } from "../../kit/states";
import { useWords } from "../../words";
import { idOf } from "./decide";
import { messageOfCase, orderOfCase } from "./named";

export function CaseMessage({ of }: { of: Exception }) {
  const { t } = useWords();
  const me = useQuery(session).data;
  const message = messageOfCase(of);
  const order = orderOfCase(of);
  if (of.reason !== "message_not_understood" && order === "") return null;
  const may = me?.rights.includes("messages") && me.user.stores.length === 0;
  return (
    <Section
      id={`message-${idOf(of)}`}
      title={t(of.reason === "step_failed" ? "caseMessage.where" : "caseMessage.title")}
    >
      {message && (may ? <Kept id={message} /> : <Keepers />)}
      {order && (
        <p>
          <Link to="/orders/$order" params={{ order }}>
            {t("caseMessage.order")}
          </Link>
        </p>
      )}
      {may && of.reason === "message_not_understood" && (
        <p>
          <Link to="/health">{t("caseMessage.all")}</Link>
        </p>
      )}
    </Section>
  );
}

function Kept({ id }: { id: string }) {
  const { t, name } = useWords();
  const found = useQuery(keptMessage(id));
  const again = useReadAgain(id, t("requests.waiting"), [keptMessage(id).queryKey]);
  if (found.isError) return <Problem error={found.error} />;
  if (!found.data) return null;
  const { topic, account, state } = found.data.message;
  return (
    <>
      <p>
        <strong>{topic}</strong> {account} <Tag tone="plain">{name("inbox", state)}</Tag>
      </p>
      <PartnerMessage id={id} />
      {again.isError && <Problem error={again.error} />}
      {(state === "kept" || state === "set_aside") && (
        <ReadAgainButton again={again} label={t("requests.again")} />
      )}
    </>
  );
}

/** Who can be asked to read it. */
function Keepers() {
  const { t, name } = useWords();
  const found = useQuery(access);
  const roles = (found.data?.access ?? []).filter((each) => each.rights.includes("messages"));
  if (roles.length === 0) return null;
  const who = roles.map((each) => name("role", each.role)).join(", ");
  return <p>{t("caseMessage.who", { who })}</p>;
}
