// Parcels and scans from a file.
export const imports = {
  "import.title": "Import tracking",
  "import.lead":
    "A CSV file with a header. Columns: carrier and tracking; if you like also po, status, " +
    "proof, at, place and country. A line with a PO announces the parcel, one with a status " +
    "records a scan.",
  "import.file": "CSV file",
  "import.text": "or paste its lines",
  "import.try": "Try it",
  "import.take": "Record these lines",
  "import.tried":
    "Tried, nothing was changed: {taken, plural, one {# line} other {# lines}} can be recorded, " +
    "{refused, number} cannot.",
  "import.taken":
    "{taken, plural, one {# line was} other {# lines were}} recorded, {refused, number} refused.",
  "import.stale": "The lines have changed since they were tried.",
  "import.line": "Line",
  "import.tracking": "Tracking number",
  "import.order": "Order",
  "import.result": "Result",
  "import.column": "column {column}",
  "import.known": "known already; nothing to record",
  "import.ParcelAnnounced": "announces the parcel",
  "import.TrackingRecorded": "records the scan",
  "import.follows": "{count, plural, one {# more fact} other {# more facts}} followed",
} as const;
