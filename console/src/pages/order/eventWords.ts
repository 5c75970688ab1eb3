// An event as a sentence in the reader's language, by its name, over the fields that were stored.
// Free words of people and partners follow as they were said. Pure: the present is an argument.
import type { Schemas } from "../../api/client";
import { moment, money } from "../../kit/format";
import { codeWords, told } from "../../kit/told";
import type { Key, Words } from "../../words";
import { gateName } from "./names";

type Fields = Record<string, unknown>;
type Values = Record<string, string | number>;
type Say = Pick<Words, "t" | "name" | "locale">;

/** Which words, what is filled in, and what somebody said after them. */
type Said = [key: Key, values?: Values, rest?: string];

interface At extends Say {
  now: number;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function whole(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

function list(value: unknown): Fields[] {
  return Array.isArray(value) ? (value as Fields[]) : [];
}

function inner(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function pieces(lines: unknown, { t }: Say): string {
  const count = list(lines).reduce((sum, line) => sum + whole(line["quantity"]), 0);
  return t("event.pieces", { count });
}

function due(value: unknown, { now, locale }: At): string {
  return text(value) && moment(text(value), now, locale);
}

function place(value: unknown): string {
  const to = inner(value);
  return [to["country"], to["postcode_prefix"]].map(text).filter(Boolean).join(" ");
}

/** "carrier_proof@parcel 1" with what it is about. */
function gate(value: unknown): string {
  const [, about] = text(value).split("@");
  return about ? `${gateName(text(value))} · ${about}` : gateName(text(value));
}

function po(e: Fields): Values {
  return { po: text(e["po"]) };
}

function parcel(e: Fields): Values {
  return { parcel: whole(e["parcel"]) };
}

function numbered(e: Fields): Values {
  return { ...parcel(e), carrier: text(e["carrier"]), tracking: text(e["tracking"]) };
}

function asked(e: Fields, { name }: Say): string {
  return name("question", text(e["question"]));
}

/** How each kind of event is told. A kind that is missing here is told in the server's words. */
export const tellings: Record<string, (e: Fields, say: At) => Said> = {
  OrderImported: (e) => [
    "event.OrderImported",
    {
      number: text(e["store_number"]),
      lines: list(e["lines"]).length,
      country: text(inner(e["destination"])["country"]),
    },
  ],
  PaymentRecorded: (e, { name, locale }) => {
    const state = name("payment", text(e["state"]));
    return text(e["captured"])
      ? ["event.PaymentRecorded.captured", { state, amount: money(text(e["captured"]), locale) }]
      : ["event.PaymentRecorded", { state }];
  },
  RiskRecorded: (e, { name }) => ["event.RiskRecorded", { level: name("risk", text(e["level"])) }],
  DestinationChanged: (e) => ["event.DestinationChanged", { place: place(e["destination"]) }],
  LineAdded: (e) => {
    const line = inner(e["line"]);
    const [number, quantity] = [whole(line["line"]), whole(line["quantity"])];
    return ["event.LineAdded", { line: number, quantity, sku: text(line["sku"]) }];
  },
  LineReduced: (e, { name }) => [
    "event.LineReduced",
    {
      line: whole(e["line"]),
      by: whole(e["by"]),
      cause: name("event.cause", text(e["cause"])),
    },
  ],
  MoneyRefunded: (e, { locale }) => [
    "event.MoneyRefunded",
    { amount: money(text(e["amount"]), locale) },
  ],
  ChannelPartsRecorded: (e) => ["event.ChannelPartsRecorded", { parts: list(e["parts"]).length }],
  ChannelHoldChanged: (e) => [
    e["placed"] === true ? "event.ChannelHoldChanged.placed" : "event.ChannelHoldChanged",
    {},
    text(e["reason"]),
  ],
  OrderCancelledAtChannel: (e) => [
    e["deleted"] === true
      ? "event.OrderCancelledAtChannel.deleted"
      : "event.OrderCancelledAtChannel",
    {},
    text(e["reason"]),
  ],
  FulfilledElsewhere: (e, say) => ["event.FulfilledElsewhere", { pieces: pieces(e["lines"], say) }],
  ServiceChanged: (e) => ["event.ServiceChanged", { service: text(e["service"]) }],

  GateEvaluated: (e, { name }) => [
    "event.GateEvaluated",
    { gate: gate(e["gate"]), result: name("gate", text(e["result"])) },
    text(e["detail"]),
  ],
  GateOverridden: (e) => ["event.GateOverridden", { gate: gate(e["gate"]) }, text(e["reason"])],
  HoldPlaced: (e) => ["event.HoldPlaced", { hold: text(e["hold"]) }, text(e["reason"])],
  HoldReleased: (e) => ["event.HoldReleased", { hold: text(e["hold"]) }, text(e["reason"])],
  PromiseMade: (e, say) => [
    "event.PromiseMade",
    { promise: say.name("promise", text(e["promise"])), due: due(e["due_at"], say) },
    text(e["source"]),
  ],
  TimerSet: (e, say) => [
    "event.TimerSet",
    { timer: say.name("timer", text(e["timer"])), due: due(e["due_at"], say) },
    text(e["about"]),
  ],
  TimerDropped: (e, { name }) => [
    "event.TimerDropped",
    { timer: name("timer", text(e["timer"])) },
    text(e["about"]),
  ],
  TimerFired: (e, { name }) => [
    "event.TimerFired",
    { timer: name("timer", text(e["timer"])) },
    text(e["about"]),
  ],
  ProcedureChosen: (e, { name }) => [
    "event.ProcedureChosen",
    { procedure: name("procedure", text(e["procedure"])) },
    (Array.isArray(e["risks"]) ? e["risks"] : [])
      .map((risk) => name("riskClass", text(risk)))
      .join(", "),
  ],

  RoutingDecided: (e, { t }) => [
    "event.RoutingDecided",
    {
      parts: list(e["allocations"])
        .map((part) =>
          t("event.RoutingDecided.part", {
            quantity: whole(part["quantity"]),
            line: whole(part["line"]),
            supplier: text(part["supplier"]),
          }),
        )
        .join(", "),
    },
  ],
  RoutingFailed: (e) => ["event.RoutingFailed", {}, text(e["reason"])],
  AllocationWithdrawn: (e, say) => [
    "event.AllocationWithdrawn",
    { ...po(e), pieces: pieces(e["lines"], say) },
    text(e["reason"]),
  ],

  PurchaseOrderDrafted: (e, { locale }) => [
    "event.PurchaseOrderDrafted",
    { ...po(e), supplier: text(e["supplier"]), total: money(text(e["total"]), locale) },
  ],
  PurchaseOrderReleased: (e) => ["event.PurchaseOrderReleased", po(e)],
  PurchaseOrderReplied: (e, { name }) => [
    "event.PurchaseOrderReplied",
    { ...po(e), reply: name("reply", text(e["reply"])) },
    text(e["detail"]),
  ],
  PurchaseOrderAcknowledged: (e, { t, name }) => [
    "event.PurchaseOrderAcknowledged",
    {
      ...po(e),
      parts: list(e["answers"])
        .map((answer) =>
          t("event.PurchaseOrderAcknowledged.part", {
            line: whole(answer["line"]),
            answer: name("ack", text(answer["kind"])),
          }),
        )
        .join("; "),
    },
  ],
  SupplyChangeDecided: (e) => [
    e["approved"] === true ? "event.SupplyChangeDecided.approved" : "event.SupplyChangeDecided",
    { ...po(e), line: whole(e["line"]) },
    text(e["reason"]),
  ],
  SupplyCancelRequested: (e, say) => [
    "event.SupplyCancelRequested",
    { ...po(e), pieces: pieces(e["lines"], say) },
    text(e["reason"]),
  ],
  SupplyCancelAnswered: (e, { name }) => [
    "event.SupplyCancelAnswered",
    { ...po(e), reply: name("cancel", text(e["reply"])) },
    text(e["detail"]),
  ],
  SupplyCancelLapsed: (e) => ["event.SupplyCancelLapsed", po(e)],
  DoubleBuyApproved: (e, { locale }) => [
    "event.DoubleBuyApproved",
    { ...po(e), cost: money(text(e["cost"]), locale) },
    text(e["reason"]),
  ],
  LadderStepTaken: (e, { name }) => [
    "event.LadderStepTaken",
    { ...po(e), step: name("ladder", text(e["step"])) },
  ],
  SupplierPaymentRecorded: (e, { name }) => [
    "event.SupplierPaymentRecorded",
    { ...po(e), state: name("payables", text(e["state"])) },
  ],
  SupplierReminded: (e) => ["event.SupplierReminded", po(e), text(e["reason"])],

  CheckRecorded: (e, say) => [
    "event.CheckRecorded",
    {
      ...po(e),
      check: say.name("check", text(e["check"])),
      verdict: say.name("verdict", text(e["verdict"])),
      pieces: pieces(e["lines"], say),
    },
  ],
  CheckAttested: (e, { name }) => [
    "event.CheckAttested",
    { ...po(e), check: name("check", text(e["check"])) },
    text(e["statement"]),
  ],
  LabelMatched: (e) => [
    e["matches"] === true ? "event.LabelMatched.fits" : "event.LabelMatched",
    parcel(e),
  ],

  ParcelAnnounced: (e) => ["event.ParcelAnnounced", numbered(e)],
  TrackingNumberReplaced: (e) => ["event.TrackingNumberReplaced", numbered(e), text(e["reason"])],
  TrackingNumberCorrected: (e) => ["event.TrackingNumberCorrected", numbered(e), text(e["reason"])],
  TrackingRegistered: (e) => [
    "event.TrackingRegistered",
    { ...parcel(e), provider: text(e["provider"]) },
  ],
  TrackingRecorded: (e, { name }) => [
    "event.TrackingRecorded",
    {
      ...parcel(e),
      status: name("tracking", text(e["status"])),
      proof: name("proof", text(e["proof"])),
    },
  ],
  AnomalySeen: (e) => [
    "event.AnomalySeen",
    { ...parcel(e), anomaly: codeWords(text(e["anomaly"])).replaceAll("_", " ") },
    text(e["detail"]),
  ],

  StoreTold: (e, say) => ["event.StoreTold", { ...parcel(e), pieces: pieces(e["lines"], say) }],
  StoreRecorded: (e) => ["event.StoreRecorded", parcel(e)],
  StoreRefusedFulfillment: (e) => ["event.StoreRefusedFulfillment", parcel(e), text(e["detail"])],
  StoreHoldAsked: (e) => [
    e["place"] === true ? "event.StoreHoldAsked.place" : "event.StoreHoldAsked",
    {},
    text(e["reason"]),
  ],
  StoreHoldChanged: (e) => [
    e["placed"] === true ? "event.StoreHoldChanged.placed" : "event.StoreHoldChanged",
  ],
  StoreTrackingTold: (e, { name }) => [
    "event.StoreTrackingTold",
    { ...parcel(e), status: name("tracking", text(e["status"])) },
  ],
  BuyerTold: (e, { name }) => [
    "event.BuyerTold",
    { moment: name("moment", text(e["moment"])), speaker: name("speaker", text(e["speaker"])) },
    text(e["detail"]),
  ],
  MessageSettled: (e, { name }) => [
    "event.MessageSettled",
    { moment: name("moment", text(e["moment"])), state: name("effect", text(e["state"])) },
    text(e["detail"]),
  ],
  BuyerAsked: (e, say) => ["event.BuyerAsked", { question: asked(e, say) }],
  BuyerAnswered: (e, say) => [
    e["by_default"] === true ? "event.BuyerAnswered.default" : "event.BuyerAnswered",
    { question: asked(e, say), answer: say.name("answer", text(e["answer"])) },
  ],

  ExceptionOpened: (e, { name }) => [
    "event.ExceptionOpened",
    { reason: name("reason", text(e["reason"])), owner: text(e["owner"]) },
    text(e["detail"]),
  ],
  ExceptionAssigned: (e) => ["event.ExceptionAssigned", { owner: text(e["owner"]) }],
  ExceptionSnoozed: (e, say) => [
    "event.ExceptionSnoozed",
    { due: due(e["review_by"], say) },
    text(e["reason"]),
  ],
  ExceptionEscalated: (e, say) => [
    "event.ExceptionEscalated",
    { owner: text(e["owner"]), due: due(e["review_by"], say) },
  ],
  ExceptionResolved: (e, { name }) => [
    "event.ExceptionResolved",
    { verb: name("verb", text(e["verb"])) },
    text(e["note"]),
  ],
  EffectUnsettled: (e, { name }) => [
    "event.EffectUnsettled",
    { effect: name("ask", text(e["effect"])), state: name("effect", text(e["state"])) },
    text(e["detail"]),
  ],
  AutomationNoted: (e, { name }) => [
    "event.AutomationNoted",
    { rule: codeWords(text(e["rule"])), mode: name("mode", text(e["mode"])) },
    text(e["detail"]),
  ],
  AutomationModeSet: (e, { name }) => [
    "event.AutomationModeSet",
    { subject: codeWords(text(e["subject"])), mode: name("mode", text(e["mode"])) },
    text(e["note"]),
  ],
  ExceptionJoined: (e) =>
    text(e["incident"])
      ? ["event.ExceptionJoined", { incident: text(e["incident"]) }]
      : ["event.ExceptionJoined.alone"],
  IncidentChanged: (e) => [
    e["joined"] === true ? "event.IncidentChanged.joined" : "event.IncidentChanged",
    { number: text(e["store_number"]), cause: text(e["cause"]) },
  ],
  PersonalDataErased: (e) => ["event.PersonalDataErased", {}, text(e["reason"])],
  NoteAdded: (e) => ["event.NoteAdded", {}, text(e["text"])],
};

/** The sentence for people; the server's own for a kind nobody here knows. */
export function eventWords(
  event: Pick<Schemas["TimelineEvent"], "name" | "summary" | "body">,
  now: number,
  say: Say,
): string {
  const tell = tellings[event.name];
  if (!tell) return told(event.summary, now, say.locale);
  const [key, values = {}, rest = ""] = tell(event.body, { ...say, now });
  const first = say.t(key, values);
  return rest ? say.t("event.with", { first, rest: told(rest, now, say.locale) }) : first;
}
