// What people add to a listing, in German.
import type { listing as english } from "../en/listing";
import type { Same } from "../types";

export const listing: Same<typeof english> = {
  "listing.photos": "Fotos zum Angebot im Shop",
  "listing.photo": "Foto {at, number} zum Angebot im Shop: {what}",
  "listing.photosNone":
    "Noch keine Fotos. Sie stehen am Arbeitsplatz neben der Ware und neben dem, was ein " +
    "Lieferant stattdessen anbietet.",
  "listing.photosFull":
    "Es sind {most, number} Fotos, mehr gehen nicht. Entfernen Sie eines, um ein anderes " +
    "hinzuzufügen.",
  "listing.add": "Foto hinzufügen",
  "listing.adding": "Das Foto wird hinzugefügt …",
  "listing.added": "Das Foto zu {sku} ist hinzugefügt.",
  "listing.unreadable": "Dieses Bild ist nicht lesbar. Wählen Sie ein anderes.",
  "listing.remove": "Entfernen",
  "listing.removeOf": "Foto {at, number} zum Angebot im Shop entfernen",
  "listing.removed": "Das Foto zu {sku} ist entfernt.",
  "listing.equivalents": "Gleichwertige Artikel",
  "listing.equivalentsNone":
    "Noch kein Artikel eines Lieferanten wurde mit dem Angebot im Shop verglichen. Der Artikel " +
    "eines weiteren Lieferanten muss gleich aussehen, gleich funktionieren und das gleiche " +
    "Zubehör haben, bevor er verwendet wird.",
  "listing.verdict": "Verglichen mit dem Angebot im Shop",
  "listing.equivalent": "gleichwertig",
  "listing.notEquivalent": "nicht gleichwertig",
  "listing.notCompared": "Noch nicht verglichen",
  "listing.note": "Notiz",
  "listing.by": "Durch",
  "listing.at": "Verglichen",
  "listing.compare": "Vergleichen",
  "listing.compareOf": "Artikel von {supplier} mit dem Angebot im Shop vergleichen",
  "listing.compareNote":
    "Gleichwertig heißt: gleiches Aussehen, gleiche Funktion und gleiches Zubehör. Es ersetzt, " +
    "was bisher zu diesem Artikel galt. Das Angebot eines Artikels, der nicht gleichwertig ist, " +
    "wird ausgesetzt: Es wird nicht mehr gekauft, bis jemand das zurücknimmt.",
  "listing.found": "Was verglichen und gefunden wurde",
  "listing.judged": "Der Vergleich mit {sku} ist eingetragen.",
  "listing.nobody": "Noch niemand hat diesen Artikel mit dem Angebot im Shop verglichen.",
  "listing.open": "{sku} öffnen",
};
