// Parcels and scans from a file, in German.
import type { imports as english } from "../en/imports";
import type { Same } from "../types";

export const imports: Same<typeof english> = {
  "import.title": "Sendungsdaten importieren",
  "import.lead":
    "Eine CSV-Datei mit Kopfzeile. Spalten: carrier und tracking, wahlweise auch po, status, " +
    "proof, at, place und country. Eine Zeile mit po meldet die Sendung an, eine mit status " +
    "erfasst einen Scan.",
  "import.file": "CSV-Datei",
  "import.text": "oder Zeilen einfügen",
  "import.try": "Probelauf",
  "import.take": "Diese Zeilen erfassen",
  "import.tried":
    "Probelauf, nichts wurde geändert: " +
    "{taken, plural, one {# Zeile kann} other {# Zeilen können}} " +
    "erfasst werden, {refused, number} nicht.",
  "import.taken":
    "{taken, plural, one {# Zeile} other {# Zeilen}} erfasst, {refused, number} abgelehnt.",
  "import.stale": "Die Zeilen haben sich seit dem Probelauf geändert.",
  "import.line": "Zeile",
  "import.tracking": "Sendungsnummer",
  "import.order": "Bestellung",
  "import.result": "Ergebnis",
  "import.column": "Spalte {column}",
  "import.known": "schon bekannt; nichts zu erfassen",
  "import.ParcelAnnounced": "meldet die Sendung an",
  "import.TrackingRecorded": "erfasst den Scan",
  "import.follows":
    "{count, plural, one {# weitere Tatsache folgte} other {# weitere Tatsachen folgten}}",
};
