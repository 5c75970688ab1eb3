// German: what is done by hand about orders.
import type { hands as english } from "../en/hands";
import type { Same } from "../types";

export const hands: Same<typeof english> = {
  "order.next.place": "{owner}: beim Lieferanten bestellen",
  "order.po.remind": "Lieferanten erinnern",
  "order.po.remindNote":
    "Der Lieferant wird erneut angeschrieben, mit einem Link, der 30 Tage gilt.",
  "parcel.correct": "Nummer berichtigen",
  "parcel.correctNote":
    "Für eine Nummer, die nie zu dieser Sendung gehörte. Was dazu gemeldet wurde, bleibt " +
    "aufgezeichnet und zählt nicht mehr; Shop und Sendungsverfolgung erhalten die richtige.",
  "byHand.title": "Beim Lieferanten bestellen",
  "byHand.note":
    "Hier geht nichts von selbst hinaus. Bestellen Sie und halten Sie fest, dass es " +
    "angekommen ist, oder die Antwort des Lieferanten.",
  "byHand.copyAll": "Alles kopieren",
  "byHand.placeAt": "Wo",
  "byHand.po": "Lieferantenbestellung",
  "byHand.total": "Summe",
  "byHand.name": "Empfänger",
  "byHand.address": "Anschrift",
  "byHand.phone": "Telefon",
  "byHand.email": "E-Mail",
  "byHand.shipBy": "Versand bis",
  "byHand.service": "Versandart",
  "byHand.instructions": "Anweisungen",
  "byHand.packaging": "Verpackung",
  "byHand.terms": "Bedingungen",
  "byHand.duties": "Zoll zahlt {who}",
  "byHand.page": "Seite für den Lieferanten",
  "byHand.each": "je {cost}",
  "byHand.hs": "HS {code}",
  "byHand.origin": "aus {country}",
  "byHand.declared": "Zollwert {value}",
  "inbox.read": "Nachricht lesen",
  "inbox.body": "Was der Partner gesendet hat",
  "inbox.gone": "Der Inhalt ist nicht mehr aufbewahrt oder nicht für Sie bestimmt.",
  "inbox.hidden": "Was auf eine Person schließen lässt, ist ausgelassen.",
  "inbox.cut": "Nur der Anfang wird gezeigt.",
  "caseMessage.title": "Die Nachricht",
  "caseMessage.where": "Wo es geschah",
  "caseMessage.order": "Zur Bestellung, bei der es geschah",
  "caseMessage.all": "Alle Nachrichten, die nicht gelesen werden konnten",
  "caseMessage.who": "Lesen und erneut lesen lassen dürfen sie: {who}.",
  "offer.add": "Artikel eines Lieferanten zuordnen",
  "offer.change": "Ändern",
  "offer.changeOf": "Artikel von {supplier} ändern",
  "offer.note":
    "Vergleichen Sie zuerst den Artikel samt Zubehör. Es gilt ab der nächsten " +
    "Lieferantenbestellung.",
  "offer.costNote": "Betrag und Währung, etwa 4.00 EUR",
  "offer.lead": "Lieferzeit in Arbeitstagen",
  "offer.suspend": "Ausgesetzt: dort wird nichts gekauft",
  "offer.done": "Der Artikel zu {sku} ist eingetragen.",
  "offer.changes": "Frühere Artikel",
  "offer.changedAt": "Geändert",
  "offer.before": "Vorher",
  "offer.after": "Nachher",
  "offer.by": "Durch",
  "offer.byFeed": "Datenabgleich des Lieferanten",
  "offer.mapIt": "SKUs ohne Zuordnung zeigen",
  "import.kinds": "Was importiert wird",
  "offersImport.title": "Angebote importieren",
  "offersImport.lead":
    "Eine CSV-Datei mit Kopfzeile. Spalten: sku, supplier und cost; wahlweise auch " +
    "supplier_sku, stock, lead_days, ship_from, mode und suspended. Eine Zeile ersetzt, " +
    "was zu ihrer SKU und ihrem Lieferanten bekannt war; wird eine abgelehnt, wird nichts " +
    "übernommen.",
  "offersImport.take": "Diese Angebote übernehmen",
  "offersImport.tried":
    "Geprüft, nichts geändert: {taken, plural, one {# Angebot} other {# Angebote}} " +
    "möglich, {refused, number} fehlerhaft.",
  "offersImport.taken":
    "{taken, plural, one {# Angebot} other {# Angebote}} übernommen, {refused, number} fehlerhaft.",
  "offersImport.fits": "in Ordnung",
};
