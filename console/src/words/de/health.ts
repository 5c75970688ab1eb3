// Health of what runs by itself, in German.
import type { health as english } from "../en/health";
import type { Same } from "../types";

export const health: Same<typeof english> = {
  "health.title": "Zustand",
  "health.since": "Version {version}, läuft seit {when}",
  "health.gaps": "Lücken",
  "health.gapsNote":
    "Bestellungen aus {hours} Stunden, die erst der Abgleich fand und keine Nachricht gemeldet " +
    "hatte. Geprüft {when}.",
  "health.gapsNever":
    "Bestellungen, die erst der Abgleich fand und keine Nachricht gemeldet hatte. Noch nicht " +
    "geprüft.",
  "health.inbox": "Eingang",
  "health.inboxNote": "wartende Nachrichten",
  "health.outbox": "Ausgang",
  "health.outboxNote": "{sending, number} in Übertragung, {unknown, number} mit unklarem Ergebnis",
  "health.dead": "Aufgegeben",
  "health.deadNote": "Vorgänge, zu denen je eine Ausnahme mit Zuständigem besteht",
  "health.timers": "Überfällige Fristen",
  "health.timersNote": "von {set, number} gesetzten",
  "health.store": "Datenspeicher",
  "health.storeNote": "{kind}; {orders, number} Bestellungen, {events, number} Ereignisse",
  "health.writable": "Beschreibbar",
  "health.notWritable": "Nicht beschreibbar",
  "health.backups": "Letzte Sicherung",
  "health.backupNote": "eine Kopie des Speichers; mindestens täglich eine machen",
  "health.noBackup": "noch keine",
  "health.untouched": "Ohne Eingriff",
  "health.untouchedNote": "zugestellte Bestellungen, die nie eine Ausnahme hatten",
  "health.accounts": "Verbundene Konten",
  "health.accountsNone":
    "Kein Konto ist verbunden. Tragen Sie einen Shop und einen Lieferanten in die " +
    "Konfigurationsdatei ein und starten Sie neu.",
  "health.account": "Konto",
  "health.state": "Status",
  "health.lastOk": "Letzter Erfolg",
  "health.lastError": "Letzter Fehler",
  "health.waiting": "Wartend",
  "health.messages": "Nicht verstandene Nachrichten",
  "health.messagesNone": "Jede Nachricht wurde verstanden. Es ist nichts zu tun.",
  "health.received": "Empfangen",
  "health.attempts": "Versuche",
  "health.replay": "Erneut lesen",
  "health.replayed": "Wird erneut gelesen",
  "health.oldest": "älteste {span}",
};
