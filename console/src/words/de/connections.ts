// Words of the pages about connections, in German.
import type { connections as english } from "../en/connections";
import type { Same } from "../types";

export const connections: Same<typeof english> = {
  "connect.title": "Anbindungen",
  "connect.lead": "Shops, Lieferanten, Verfolger und Mailkonten, mit denen Holdfast spricht.",
  "connect.none": "Noch ist nichts angebunden. Beginnen Sie mit Ihrem Shop.",
  "connect.add": "Anbinden",
  "connect.addTitle": "Etwas anbinden",
  "connect.what": "Was möchten Sie anbinden?",
  "connect.other": "Etwas anderes wählen",
  "connect.id": "Kennung",
  "connect.idHelp":
    "Sie steht in Adressen und Akten und bleibt: Kleinbuchstaben, Ziffern, - und _.",
  "connect.more": "Weitere Einstellungen",
  "connect.standard": "Standard: {value}",
  "connect.choose": "Wählen",
  "connect.test": "Prüfen",
  "connect.testing": "Der Partner wird gefragt; das dauert bis zu 15 Sekunden.",
  "connect.testOk": "Es funktioniert",
  "connect.testFailed": "Es funktioniert nicht",
  "connect.testAsked": "Gefragt: {address}",
  "connect.testReached": "Nur ob jemand antwortet, wurde geprüft: {address}",
  "connect.testNothing": "Das tut ein Mensch von Hand: es gibt nichts zu erreichen.",
  "connect.testNote": "Eine Prüfung bestellt, sendet und ändert nichts.",
  "connect.save": "Speichern und beginnen",
  "connect.saveChange": "Speichern",
  "connect.saved": "Gespeichert. Es gilt ab jetzt.",
  "connect.change": "Ändern",
  "connect.remove": "Trennen",
  "connect.removeSure":
    "{id} trennen? Es wird nichts mehr gesendet und nichts mehr angenommen. Die " +
    "Geheimnisse werden gelöscht; was geschah, bleibt in den Akten.",
  "connect.removed": "Getrennt",
  "connect.fromFile":
    "Sie steht in der Konfigurationsdatei. Ändern Sie sie dort und starten Sie das Programm neu.",
  "connect.changedBy": "Eingestellt von {who}",
  "connect.state": "Zustand",
  "connection.ok": "funktioniert",
  "connection.idle": "noch nicht gefragt",
  "connection.waiting": "Nachrichten warten",
  "connection.failing": "gestört",
  "connection.starting": "beginnt",
  "connect.mode": "Selbsttätig",
  "connect.live": "Käufer",
  "connect.liveYes": "echte",
  "connect.liveNo": "zum Ausprobieren",
  "connect.lastOk": "Letzter Erfolg",
  "connect.lastError": "Letzter Fehler",
  "connect.waitingCount": "Wartende Nachrichten",
  "connect.budget": "Anfragemaß",
  "connect.budgetSays": "{left, number} von {burst, number} auf einmal, {minute, number} je Minute",
  "connect.budgetTold": "der Partner nennt noch {left, number}",
  "connect.budgetPause": "ruht bis {when}",
  "connect.stopped": "Grenze erreicht",
  "connect.counts": "Seit {when}",
  "connect.countsSay": "{well, number} gelungen, {wrong, number} nicht",
  "connect.health": "Wie es läuft",
  "connect.partner": "Beim Partner",
  "connect.webhook": "Webhook-Adresse",
  "connect.copy": "Kopieren",
  "connect.copied": "Kopiert",
  "webhooks.none": "Von dort kommen keine Nachrichten: es ist nichts einzutragen.",
  "webhooks.subscribed":
    "Nichts einzutragen: Holdfast bestellt die Webhooks selbst, an diese Adresse.",
  "webhooks.enter": "Tragen Sie diese Adresse beim Partner als Webhook-Adresse ein.",
  "connect.settings": "Einstellungen",
  "connect.secretSet": "gesetzt {when}",
  "connect.secretFile": "in der Datei gesetzt",
  "connect.secretNone": "nicht gesetzt",
  "connect.secretKeep": "Leer lassen, um das gesetzte zu behalten.",
  "connect.secretDrop": "Wegnehmen: {name}",
  "connect.secretShow": "Eingabe zeigen",
  "connect.secretNote":
    "Geheimnisse werden versiegelt und nie wieder gezeigt. Ändert sich eine Adresse, " +
    "werden sie neu verlangt.",
  "connect.tested": "Letzte Prüfung",
  "connect.neverTested": "nie geprüft",
  "connect.troubles": "Letzte Fehler",
  "connect.troublesNone": "Seit {when} ging nichts schief.",
  "connect.when": "Wann",
  "connect.doing": "Was versucht wurde",
  "connect.outcome": "Ausgang",
  "connect.detail": "Was zurückkam",
  "trouble.refused": "abgelehnt",
  "trouble.unknown": "ungewiss",
  "trouble.not_sent": "nicht gesendet",
  "doing.fetch_order": "Bestellung holen",
  "doing.list_updated": "geänderte Bestellungen auflisten",
  "doing.subscriptions": "Webhooks prüfen",
  "doing.renew_token": "Token erneuern",
  "partner.shopify": "Shopify",
  "partner.email_link": "Mail mit Antwortseite",
  "partner.http_json": "Web-API (JSON)",
  "partner.manual": "Von Hand",
  "partner.17track": "17TRACK",
  "partner.aftership": "AfterShip",
  "partner.smtp": "Mailserver (SMTP)",
  "guide.shopify":
    "Im Shopify-Admin unter Einstellungen, Apps, Apps entwickeln: eine App mit den " +
    "Rechten read_orders, write_merchant_managed_fulfillment_orders, write_fulfillments " +
    "und read_locations anlegen, " +
    "installieren und Client-Geheimnis und Token hierher kopieren.",
  "guide.email_link":
    "Der Lieferant bekommt jede Bestellung per Mail, mit einer Seite zum Antworten. Von " +
    "ihm wird nur die Adresse gebraucht.",
  "guide.http_json":
    "Fragen Sie den Lieferanten nach Basisadresse und Schlüssel. Die Pfade sind die der " +
    "beschriebenen Schnittstelle; ändern Sie sie, wo seine anders sind.",
  "guide.manual":
    "Ein Mensch bestellt: Das ist jeweils der nächste Schritt der Bestellung, auf deren Seite.",
  "guide.17track":
    "In 17TRACK unter Settings, Security: den Zugriffsschlüssel hierher kopieren. Danach " +
    "dort die Webhook-Adresse eintragen, Version v2.4.",
  "guide.aftership":
    "In AfterShip einen API-Schlüssel mit dem Recht tracking:write anlegen, die " +
    "Webhook-Adresse eintragen und Schlüssel und Webhook-Geheimnis hierher kopieren.",
  "guide.smtp":
    "Nachrichten an Käufer gehen über diesen Server hinaus. Nehmen Sie ein eigens " +
    "angelegtes Konto.",
};
