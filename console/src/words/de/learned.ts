// What decided cases teach, in German.
import type { learned as english } from "../en/learned";
import type { Same } from "../types";

export const learned: Same<typeof english> = {
  "policy.tab.learned": "Gelernt",
  "learned.title": "Was entschiedene Fälle lehren",
  "learned.lead":
    "Was wiederkam, warum, und welche Entscheidungen sagen, dass sich eine Regel ändern sollte. " +
    "Fälle, die eine Regel selbst geschlossen hat, zählen nicht mit.",
  "learned.window": "Zeitraum",
  "learned.days": "{days, number} Tage",
  "learned.partial":
    "In diesem Zeitraum wurde mehr entschieden, als betrachtet wird: Dies sind die neuesten Fälle.",
  "learned.none": "In diesem Zeitraum hat niemand einen Fall entschieden.",
  "learned.decided": "Von Personen entschieden",
  "learned.median": "Die Hälfte davon innerhalb von",
  "learned.ruleChanges": "Regel sollte sich ändern",
  "learned.byCause": "Ursache",
  "learned.byReason": "Grund",
  "learned.bySupplier": "Lieferant",
  "learned.byVerb": "Entscheidung",
  "learned.cases": "Fälle",
  "learned.list": "Entschieden in den letzten {days, number} Tagen",
  "learned.onlyRules": "Nur wo sich eine Regel ändern sollte",
  "learned.all": "Alle zeigen",
  "learned.change": "Regeln ändern",
  "learned.nothingFits":
    "Kein entschiedener Fall passt. Zeigen Sie alle, oder wählen Sie einen längeren Zeitraum.",
  "learned.case": "Fall",
  "learned.reason": "Grund",
  "learned.verb": "Entscheidung",
  "learned.by": "Entschieden von",
  "learned.at": "Entschieden",
  "learned.rule": "Regel ändern",
};
