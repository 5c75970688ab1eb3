# Where the ship-by date comes from.

story: The ship-by date counts the chosen supplier's own working days and says so
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "north" is closed on 2026-11-03
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then the promise ship_by is 2026-11-06T18:00:00Z
and the promise ship_by says placed + 3 working days of north (UTC)

story: Before a supplier is chosen the date is provisional
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, payment pending, risk low
then the promise ship_by is 2026-11-05T18:00:00Z
and the promise ship_by says Monday to Friday until a supplier is chosen

story: Handling begins when the buyer has paid
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, payment pending, risk low
and 1d passes
and the shop reports #1001 again with paid
then the promise ship_by is 2026-11-06T18:00:00Z
and the promise ship_by says paid + 3 working days of north

story: A shop without handling days promises those of the supplier's tier
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the shop promises to ship within 0 working days
and suppliers of the tier 48_hour have 2 days of handling
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then the promise ship_by is 2026-11-04T18:00:00Z
and the promise ship_by says placed + 2 working days of north
