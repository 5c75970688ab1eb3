// Words of the setup page, in German.
import type { setup as english } from "../en/setup";
import type { Same } from "../types";

export const setup: Same<typeof english> = {
  "setup.title": "Einrichtung",
  "setup.lead":
    "Von nichts zur ersten echten Bestellung, in etwa zehn Minuten. Jeder Schritt hakt " +
    "sich selbst ab, sobald er erfüllt ist.",
  "setup.done": "erledigt",
  "setup.open": "offen",
  "setup.next": "als Nächstes",
  "setup.progress": "{done, number} von {all, number} erledigt",
  "setup.ready": "Alles ist eingerichtet.",
  "setup.sign_in": "Die Anmeldung zu Ihrer machen",
  "setup.sign_in.say":
    "Wählen Sie ein eigenes Passwort oder besser: schalten Sie einen zweiten Faktor ein.",
  "signedBy.second_factor": "ein zweiter Faktor",
  "signedBy.password": "ein eigenes Passwort",
  "setup.toAccount": "Zu Ihrem Konto",
  "setup.toPolicy": "Zu den Regeln",
  "setup.store": "Ihren Shop anbinden",
  "setup.store.say": "Seine Bestellungen werden geholt, und ihm wird der Versand gemeldet.",
  "setup.store_tested": "Den Shop prüfen",
  "setup.store_tested.say": "Eine Prüfung fragt mit Ihrem Token, wer der Shop ist.",
  "setup.supplier": "Einen Lieferanten anbinden",
  "setup.supplier.say": "Per Mail, über eine Schnittstelle oder von Hand: was er kann.",
  "setup.supplier.not_vetted":
    "Ein Lieferant ist da, aber nicht geprüft; er erhält keine Bestellungen: Öffnen Sie " +
    "seine Anbindung, ändern Sie sie und geben Sie an, dass er geprüft ist.",
  "setup.supplier.suspended":
    "Alle Lieferanten sind ausgesetzt und erhalten keine neuen Bestellungen: Öffnen Sie " +
    "eine Anbindung, ändern Sie sie und beenden Sie das.",
  "setup.supplier_tested": "Den Lieferanten prüfen",
  "setup.supplier_tested.say": "Eine Prüfung meldet sich an und bestellt nichts.",
  "setup.skus": "Ihre SKUs zuordnen",
  "setup.skus.say":
    "Sagen Sie, welcher Lieferant was zu welchem Preis hat: auf der Seite eines Produkts, über " +
    "Angebote importieren oder mit holdfast import offers DATEI",
  "setup.policy": "Die Regeln ansehen",
  "setup.policy.say":
    "Schranken, Zuständige und Fristen haben brauchbare Werte. Lesen Sie, was von selbst " +
    "geschieht, bevor es geschieht.",
  "setup.policy.confirm": "Angesehen",
  "setup.backup": "Eine Sicherung machen",
  "setup.backup.say":
    "Jetzt und dann täglich über einen Zeitgeber der Maschine: holdfast backup ORDNER",
  "setup.order": "Die erste Bestellung sehen",
  "setup.order.say":
    "Bestellen Sie etwas in Ihrem Shop. Es steht binnen einer Minute unter Bestellungen.",
  "setup.toConnections": "Zu den Anbindungen",
  "setup.connectStore": "Einen Shop anbinden",
  "setup.connectSupplier": "Einen Lieferanten anbinden",
  "setup.toOffers": "Zum Import der Angebote",
  "setup.toOrders": "Zu den Bestellungen",
  "setup.toHealth": "Zur Zustandsseite",
  "setup.demo": "Dies ist die Demo",
  "setup.demo.say":
    "Shop, Lieferanten und Käufer sind erfunden, die Zeit läuft schnell, und am Ende des " +
    "Programms bleibt nichts. Nichts aus der Demo gelangt je in einen echten " +
    "Arbeitsbereich.",
  "setup.demo.leave":
    "Um sie zu verlassen, beenden Sie das Programm mit Strg-C und starten ein echtes mit " +
    "eigener Konfiguration und eigenem Datenordner:",
  "setup.demo.then":
    "Kommen Sie dort auf diese Seite zurück: nichts ist abgehakt, und jeder Schritt hat " +
    "seinen Verweis.",
  "app.demo": "Demo",
  "app.demoSay": "Demo: alles hier ist erfunden. So verlassen Sie sie",
};
