// What people decided beforehand: read, drawn, changed, tried on the past, published, rolled back.
// Which part is shown stands in the address; the draft is the browser's until it is published.
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { session } from "../../api/queries";
import { policyFiles, policyInForce } from "../../api/policy";
import { Tag, When } from "../../kit/bits";
import { useKeys } from "../../kit/keys";
import { Failed, Loading } from "../../kit/states";
import { useWords } from "../../words";
import { Changes } from "./Changes";
import { useDraft } from "./draft";
import { FilesTab } from "./FilesTab";
import { Learned } from "./Learned";
import { Overview } from "./Overview";
import { ProcessMap } from "./ProcessMap";
import { Raci } from "./Raci";
import { Try } from "./Try";
import { Versions } from "./Versions";
import classes from "./policy.module.css";

const tabs = ["overview", "raci", "map", "files", "changes", "try", "learned", "versions"] as const;
type Tab = (typeof tabs)[number];

/** What each part asks for beside reading: the texts are about all stores. */
function offered(tab: Tab, rights: readonly string[], everywhere: boolean): boolean {
  if (tab === "overview" || tab === "raci" || tab === "map" || tab === "learned") return true;
  return everywhere && (tab !== "try" || rights.includes("policy"));
}

export function PolicyPage() {
  const { t } = useWords();
  const me = useQuery(session).data;
  const navigate = useNavigate();
  const search = useSearch({ from: "/signed-in/policy" });
  const everywhere = (me?.user.stores.length ?? 0) === 0;
  const own = tabs.filter((each) => offered(each, me?.rights ?? [], everywhere));
  const tab = own.find((each) => each === search.tab) ?? "overview";
  const draft = useDraft();
  useKeys(
    {},
    own.map((each) => ({
      label: t("policy.open", { part: t(`policy.tab.${each}`) }),
      run: () => void navigate({ to: "/policy", search: { tab: each } }),
    })),
  );
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{t("policy.title")}</h1>
        {everywhere && <InForce />}
      </header>
      <nav className={classes.tabs} aria-label={t("policy.parts")}>
        {own.map((each) => (
          <Link
            key={each}
            to="/policy"
            search={{ tab: each }}
            className={classes.tab}
            aria-current={each === tab ? "page" : undefined}
          >
            {t(`policy.tab.${each}`)}
            {each === "changes" && draft && <Tag tone="warn">{t("policy.draft")}</Tag>}
          </Link>
        ))}
      </nav>
      <Part tab={tab} mayChange={everywhere && (me?.rights.includes("policy") ?? false)} />
    </div>
  );
}

/** Which policy is in force, since when and by whom. */
function InForce() {
  const { t } = useWords();
  const found = useQuery(policyFiles).data;
  if (!found) return null;
  return (
    <p className={classes.dim}>
      {found.published ? t("policy.published") : t("policy.fromFolder")}{" "}
      <code>{found.version.slice(0, 12)}</code>
      {found.published && found.at && (
        <>
          {" · "}
          {t("policy.by", { name: found.by })}, <When at={found.at} />
        </>
      )}
    </p>
  );
}

function Part({ tab, mayChange }: { tab: Tab; mayChange: boolean }) {
  if (tab === "overview" || tab === "raci" || tab === "map") return <Read tab={tab} />;
  if (tab === "learned") return <Learned mayChange={mayChange} />;
  if (tab === "versions") return <Versions mayChange={mayChange} />;
  return <Written tab={tab} mayChange={mayChange} />;
}

function Read({ tab }: { tab: "overview" | "raci" | "map" }) {
  const { t } = useWords();
  const found = useQuery(policyInForce);
  if (found.isPending) return <Loading rows={6} />;
  if (!found.data) {
    const retry = () => void found.refetch();
    return <Failed error={found.error} what={t("policy.title")} retry={retry} />;
  }
  const { policy } = found.data;
  if (tab === "overview") return <Overview policy={policy} />;
  return tab === "raci" ? <Raci policy={policy} /> : <ProcessMap policy={policy} />;
}

function Written({ tab, mayChange }: { tab: "files" | "changes" | "try"; mayChange: boolean }) {
  const { t } = useWords();
  const found = useQuery(policyFiles);
  if (found.isPending) return <Loading rows={6} />;
  if (!found.data) {
    const retry = () => void found.refetch();
    return <Failed error={found.error} what={t("policy.title")} retry={retry} />;
  }
  if (tab === "files") return <FilesTab current={found.data} mayChange={mayChange} />;
  if (tab === "changes") return <Changes current={found.data} mayChange={mayChange} />;
  return <Try current={found.data} />;
}
