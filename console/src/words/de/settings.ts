// Was eine Anbindung verlangt.
import type { settings as english } from "../en/settings";
import type { Same } from "../types";

export const settings: Same<typeof english> = {
  "setting.shop": "Shop-Domain",
  "setting.api_url": "API-Adresse",
  "setting.api_version": "API-Version",
  "setting.client_id": "Client-ID",
  "setting.client_secret": "Client-Geheimnis",
  "setting.client_secret_previous": "Voriges Client-Geheimnis",
  "setting.access_token": "Zugriffstoken",
  "setting.server": "Mailserver",
  "setting.user": "Benutzername",
  "setting.password": "Passwort",
  "setting.from": "Absender",
  "setting.reply_to": "Antworten an",
  "setting.to": "Empfänger",
  "setting.locale": "Sprache",
  "setting.base_url": "Basisadresse",
  "setting.place_path": "Pfad: bestellen",
  "setting.find_path": "Pfad: suchen",
  "setting.cancel_path": "Pfad: stornieren",
  "setting.auth_header": "Kopfzeile des Schlüssels",
  "setting.auth_value": "Wert des Schlüssels",
  "setting.callback_secret": "Rückruf-Geheimnis",
  "setting.callback_secret_previous": "Voriges Rückruf-Geheimnis",
  "setting.place_at": "Wo bestellt wird",
  "setting.api_key": "API-Schlüssel",
  "setting.api_key_previous": "Voriger API-Schlüssel",
  "setting.webhook_secret": "Webhook-Geheimnis",
  "setting.webhook_secret_previous": "Voriges Webhook-Geheimnis",
  "setting.carrier_codes": "Weitere Frachtführer",
  "setting.live": "Echte Käufer",
  "setting.title": "Name",
  "setting.tier": "Leistungsstufe",
  "setting.ship_model": "Versand",
  "setting.mode": "Selbsttätig",
  "setting.vetted": "Geprüft",
  "setting.ship_from": "Versandland",
  "setting.calendar.zone": "Zeitzone",
  "setting.calendar.opens_hour": "Tagesbeginn",
  "setting.calendar.closes_hour": "Tagesende",
  "setting.calendar.closures": "Geschlossen am",
  "setting.suspended": "Ausgesetzt",
  "setting.channels": "Shops",
  "setting.excluded_countries": "Nicht nach",
  "setting.shipping_cost_minor": "Preis je Paket",
  "setting.poll_minutes": "Nachfrage alle",
  "setting.calendar.weekend": "Wochenende",
  "setting.requests_per_minute": "Anfragen je Minute",
  "setting.burst": "Auf einmal",
  "help.shopify.shop": "Die dauerhafte Domain des Shops, etwa example.myshopify.com",
  "help.shopify.api_url":
    "Basisadresse der Admin-API ohne Schrägstrich am Ende; leer heißt https:// und die " +
    "Domain des Shops",
  "help.shopify.api_version": "Version der Admin-API, als JJJJ-MM",
  "help.shopify.client_id":
    "Client-ID der App, wenn das Zugriffstoken über Client-Credentials kommt; leer bei " +
    "festem Token",
  "help.shopify.client_secret":
    "Client-Geheimnis der App: signiert Webhooks und erneuert mit der Client-ID das Token",
  "help.shopify.client_secret_previous":
    "Das Geheimnis vor dem letzten Wechsel; entfernen, wenn der Wechsel vorbei ist",
  "help.shopify.access_token": "Zugriffstoken der Admin-API; ein erneuertes tritt an seine Stelle",
  "help.smtp.server": "Der Mailserver, als smtp://host:587 (STARTTLS) oder smtps://host:465",
  "help.smtp.user": "Benutzername am Mailserver; leer, wenn keiner verlangt wird",
  "help.smtp.password": "Passwort am Mailserver",
  "help.smtp.from": "Absender der Nachrichten, als Name <Adresse>",
  "help.smtp.reply_to": "Wohin Antworten gehen; leer für den Absender",
  "help.email_link.server":
    "Unser Mailserver, als smtp://host:587 (STARTTLS) oder smtps://host:465",
  "help.email_link.user": "Benutzername am Mailserver; leer, wenn keiner verlangt wird",
  "help.email_link.password": "Passwort am Mailserver",
  "help.email_link.from": "Absender der Nachrichten, als Name <Adresse>",
  "help.email_link.reply_to": "Wohin Antworten per Mail gehen; leer für den Absender",
  "help.email_link.to": "Die Mailadresse des Lieferanten",
  "help.email_link.locale":
    "Die Sprache des Lieferanten, wo die Bestellung keine nennt: en oder zh-Hans",
  "help.http_json.base_url": "Basisadresse der API des Lieferanten, ohne Schrägstrich am Ende",
  "help.http_json.place_path": "Pfad, an den eine Bestellung gesendet wird",
  "help.http_json.find_path": "Pfad, der den Stand unserer Bestellung '{po}' nennt",
  "help.http_json.cancel_path":
    "Pfad, an den eine Stornierung unserer Bestellung '{po}' gesendet wird",
  "help.http_json.auth_header": "Name der Kopfzeile, die den Schlüssel trägt",
  "help.http_json.auth_value": "Der ganze Wert dieser Kopfzeile, etwa Bearer und das Token",
  "help.http_json.callback_secret":
    "Geheimnis, mit dem der Lieferant Rückrufe signiert (Standard Webhooks, whsec_ und " +
    "Base64); leer weist alle Rückrufe ab",
  "help.http_json.callback_secret_previous":
    "Das Geheimnis vor dem letzten Wechsel, das während des Wechsels noch gilt",
  "help.manual.place_at":
    "Wo bestellt wird: eine Webadresse, ein Chat, eine Telefonnummer; steht auf der Aufgabe",
  "help.aftership.base_url": "Basisadresse der API mit ihrer Version, ohne Schrägstrich am Ende",
  "help.aftership.api_key": "API-Schlüssel mit dem Recht tracking:write",
  "help.aftership.webhook_secret": "Das Geheimnis, mit dem AfterShip seine Webhooks signiert",
  "help.aftership.webhook_secret_previous":
    "Das Geheimnis vor dem letzten Wechsel, das während des Wechsels noch gilt",
  "help.17track.base_url": "Basisadresse der API mit ihrer Version, ohne Schrägstrich am Ende",
  "help.17track.api_key": "Zugriffsschlüssel des 17TRACK-Kontos; er signiert auch dessen Meldungen",
  "help.17track.api_key_previous":
    "Der Schlüssel vor dem letzten Wechsel, der bei Meldungen während des Wechsels noch gilt",
  "help.17track.carrier_codes":
    "Weitere Frachtführer und ihre 17TRACK-Nummern, als Name=190008;Anderer Name=190094",
  "help.common.live":
    "Bestellungen echter Käufer: die Aufbewahrung der Regeln muss vollständig sein",
  "help.common.title": "Wie dieser Lieferant genannt wird",
  "help.common.tier": "Die zugesagte Leistungsstufe, aus den Regeln",
  "help.common.ship_model": "Ob er an den Käufer versendet oder an einen Prüfplatz",
  "help.common.mode":
    "Was von selbst geschieht: watch vermerkt es, propose fragt mit einer Taste, auto tut es",
  "help.common.vetted":
    "Jemand hat diesen Lieferanten geprüft; ein ungeprüfter bekommt keine Bestellungen",
  "help.common.ship_from": "Das Versandland, als zwei Buchstaben wie CN",
  "help.common.calendar.zone": "Seine Zeitzone, etwa Asia/Shanghai",
  "help.common.calendar.opens_hour": "Die Stunde, in der sein Tag beginnt, von 0 bis 24",
  "help.common.calendar.closes_hour": "Die Stunde, in der sein Tag endet, von 0 bis 24",
  "help.common.calendar.closures":
    "Tage, an denen geschlossen ist, als 2027-02-05..2027-02-14 mit Kommas dazwischen",
  "help.common.suspended":
    "Erhält vorerst keine neuen Bestellungen; was gesendet wurde, läuft weiter",
  "help.common.channels":
    "Shops, für die geliefert wird, als Kennungen mit Kommas dazwischen; leer für alle",
  "help.common.excluded_countries":
    "Länder, in die nicht geliefert wird, als zwei Buchstaben mit Kommas dazwischen",
  "help.common.shipping_cost_minor": "Kosten je Paket, in Cent der Währung der Angebote",
  "help.common.poll_minutes":
    "Minuten zwischen zwei Nachfragen zu einer Einkaufsbestellung; 0 fragt nie",
  "help.common.calendar.weekend":
    "Arbeitsfreie Wochentage mit Kommas dazwischen; 0 ist Sonntag, 6 ist Samstag",
  "help.common.requests_per_minute": "Wie oft angefragt werden darf; leer für das Maß der Art",
  "help.common.burst": "Wie viele Anfragen zugleich hinausdürfen; leer für das Maß der Art",
};
