// The frame of every station page: the network, what waits, sound and camera, and in large letters
// the last thing said. Hears the scanner, sends what was kept.
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from "react";
import { createPortal } from "react-dom";
import { moment } from "../../kit/format";
import { useNow } from "../../kit/now";
import { scanned, useVoice, useWedge } from "../../station/bus";
import { openCamera } from "../../station/camera";
import { canWorkOffline, prepareOffline, useNewer } from "../../station/offline";
import { tally } from "../../station/outbox";
import { startPost } from "../../station/post";
import { setMuted, useMuted } from "../../station/sounds";
import type { Work } from "../../station/useDay";
import { useWords } from "../../words";
import { StopScreen } from "./StopScreen";
import classes from "./frame.module.css";

const signs = { good: "✓", bad: "✕", attention: "!" } as const;

const Top = createContext<HTMLElement | null>(null);

/** Shows something where it cannot be scrolled away, beside the last thing said. */
export function AlwaysVisible({ children }: { children: ReactNode }) {
  const top = useContext(Top);
  return top && createPortal(children, top);
}

export function StationFrame({ work, children }: { work: Work; children: ReactNode }) {
  useWedge();
  useEffect(() => {
    prepareOffline();
    void startPost();
  }, []);
  const [top, setTop] = useState<HTMLElement | null>(null);
  return (
    <div className={classes.page}>
      <Bar work={work} />
      <div className={classes.top}>
        <Spoken />
        <div ref={setTop} className={classes.always} />
      </div>
      <Top value={top}>{children}</Top>
      <StopScreen />
    </div>
  );
}

function Bar({ work }: { work: Work }) {
  const { t } = useWords();
  const [camera, setCamera] = useState(false);
  const muted = useMuted();
  const newer = useNewer();
  const { lastScan } = useVoice();
  return (
    <section aria-label={t("station.title")} className={classes.bar}>
      <Network work={work} />
      <Waiting work={work} />
      {!canWorkOffline() && <p className={classes.notice}>{t("station.state.noStore")}</p>}
      {newer && (
        <p className={classes.notice}>
          {t("station.newer")}{" "}
          <Button size="md" variant="default" onClick={() => globalThis.location.reload()}>
            {t("station.newer.load")}
          </Button>
        </p>
      )}
      <div className={classes.tools}>
        <Button size="md" variant="default" aria-pressed={!muted} onClick={() => setMuted(!muted)}>
          {t(muted ? "station.sound.off" : "station.sound.on")}
        </Button>
        <Button size="md" variant="default" onClick={() => setCamera(!camera)}>
          {t(camera ? "station.camera.close" : "station.camera.open")}
        </Button>
        <Link to="/station/card" className={classes.tool}>
          {t("station.card")}
        </Link>
        {lastScan && (
          <span className={classes.last}>{t("station.lastScan", { code: lastScan })}</span>
        )}
      </div>
      {camera && <Camera />}
    </section>
  );
}

function Network({ work }: { work: Work }) {
  const { t, locale } = useWords();
  const now = useNow();
  const off = work.kept || work.post.cut;
  return (
    <p role="status" className={classes.network} data-state={off ? "offline" : "online"}>
      <span aria-hidden>{off ? "⚡" : "●"}</span>{" "}
      {t(off ? "station.state.offline" : "station.state.online")}
      {work.kept && work.day && (
        <span className={classes.dim}>
          {t("station.state.kept", {
            when: moment(new Date(work.day.at).toISOString(), now, locale),
          })}
        </span>
      )}
    </p>
  );
}

/** What has not been acknowledged; each of it can be looked at. */
function Waiting({ work }: { work: Work }) {
  const { t } = useWords();
  const { waiting, refused, others } = tally(work.post.entries, work.me);
  if (waiting + refused + others === 0) return null;
  const going = work.post.cut || work.post.signIn ? "station.state.waiting" : "station.state.going";
  return (
    <p className={classes.waiting} data-refused={refused > 0}>
      <Link to="/station/outbox">
        {[
          waiting > 0 && t(going, { count: waiting }),
          refused > 0 && t("station.state.refused", { count: refused }),
          others > 0 && t("station.state.others", { count: others }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </Link>
      {work.post.signIn && <strong>{t("station.state.signIn")}</strong>}
    </p>
  );
}

/** The last thing said: colour, sign and words; the sound only repeats it. */
function Spoken() {
  const { t } = useWords();
  const { said, id } = useVoice();
  return (
    <div
      role={said?.tone === "bad" ? "alert" : "status"}
      aria-live={said?.tone === "bad" ? "assertive" : "polite"}
      className={classes.spoken}
    >
      {said && (
        <p key={id} data-tone={said.tone}>
          <span aria-hidden className={classes.sign}>
            {signs[said.tone]}
          </span>
          <span className={classes.unseen}>{t(`station.tone.${said.tone}`)}: </span>
          {t(said.key, said.values)}
        </p>
      )}
    </div>
  );
}

function Camera() {
  const { t } = useWords();
  const video = useRef<HTMLVideoElement>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const picture = video.current;
    if (!picture) return;
    let gone = false;
    let close = () => undefined as void;
    openCamera(picture, scanned).then(
      (opened) => {
        close = opened;
        if (gone) close();
      },
      () => setFailed(!gone),
    );
    return () => {
      gone = true;
      close();
    };
  }, []);
  return failed ? (
    <p role="alert" className={classes.notice}>
      {t("station.camera.failed")}
    </p>
  ) : (
    <video
      ref={video}
      muted
      playsInline
      aria-label={t("station.camera.picture")}
      className={classes.video}
    />
  );
}
