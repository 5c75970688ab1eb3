// What people add to a listing: its photos, and which suppliers' items were compared with it.
export const listing = {
  "listing.photos": "Photos of the listing",
  "listing.photo": "Listing photo {at, number} of {what}",
  "listing.photosNone":
    "No photos yet. They are shown at the bench beside the goods, and beside what a supplier " +
    "offers instead.",
  "listing.photosFull":
    "There are {most, number} photos, as many as there may be. Remove one to add another.",
  "listing.add": "Add a photo",
  "listing.adding": "Adding the photo…",
  "listing.added": "The photo is added to {sku}.",
  "listing.unreadable": "This picture cannot be read. Choose another one.",
  "listing.remove": "Remove",
  "listing.removeOf": "Remove photo {at, number} of the listing",
  "listing.removed": "The photo is removed from {sku}.",
  "listing.equivalents": "Equivalents",
  "listing.equivalentsNone":
    "No supplier’s item was compared with the listing yet. A backup supplier’s item must look, " +
    "work and come with the same as the listing before it is used.",
  "listing.verdict": "Compared with the listing",
  "listing.equivalent": "equivalent",
  "listing.notEquivalent": "not equivalent",
  "listing.notCompared": "Not compared yet",
  "listing.note": "Note",
  "listing.by": "By",
  "listing.at": "Compared",
  "listing.compare": "Compare",
  "listing.compareOf": "Compare {supplier}’s item with the listing",
  "listing.compareNote":
    "Equivalent means: the same look, the same function and the same accessories. It takes the " +
    "place of what was said of this item before. The offer of an item that is not equivalent is " +
    "suspended: it is bought no more until somebody takes that back.",
  "listing.found": "What was compared and found",
  "listing.judged": "The comparison with {sku} is recorded.",
  "listing.nobody": "Nobody has compared this item with the listing yet.",
  "listing.open": "Open {sku}",
} as const;
