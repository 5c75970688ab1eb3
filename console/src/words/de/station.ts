// The bench: receiving, inspection, packing, label match, in German.
import type { station as english } from "../en/station";
import type { Same } from "../types";

export const station: Same<typeof english> = {
  "station.title": "Packplatz",
  "station.scan":
    "Lieferantenbestellung, Bestellung, Sendungsnummer oder SKU scannen oder eingeben",
  "station.find": "Suchen",
  "station.all": "Alle",
  "station.steps": "Arbeitsplätze",
  "station.empty": "An diesem Arbeitsplatz wartet nichts.",
  "station.notFound": "Keine Aufgabe zu {code}.",
  "station.clear": "Alles anzeigen",
  "station.pieces": "{count, plural, one {# Stück} other {# Stück}}",
  "station.back": "Alle Aufgaben",
  "station.instructions": "Besondere Anweisungen",
  "station.seen": "Ich habe die besonderen Anweisungen gelesen",
  "station.held": "Angehalten: Nichts verlässt den Arbeitsplatz",
  "station.goods": "Ware",
  "station.checklist": "Prüfliste",
  "station.note": "Notiz zu {item}",
  "station.photo": "Foto von {item}",
  "station.photoDone": "Foto gespeichert",
  "station.photoSending": "Foto wird gespeichert",
  "station.record": "{check} erfassen",
  "station.unanswered": "{count, plural, one {# Punkt ist offen} other {# Punkte sind offen}}",
  "station.recorded": "{check} für {po} erfasst",
  "station.failed": "{check} für {po} als nicht bestanden erfasst",
  "station.orderScan": "1. Bestellung scannen",
  "station.labelScan": "2. Versandetikett scannen",
  "station.matches": "Etikett passt",
  "station.mismatch": "Etikett passt nicht: Stopp",
  "station.again": "Erneut scannen",
  "station.next": "Nächste Aufgabe",
  "station.gone": "Diese Aufgabe ist erledigt oder schon weiter.",
};
