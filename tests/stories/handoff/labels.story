# Label and order belong together, and a label is no proof.

story: A label of another order stops the parcel
given a shop "store" that asks for captured payment
and supplier "north" ships MUG hub at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and the quality desk passes receiving of purchase order 1
and the quality desk passes inspection of purchase order 1
and the quality desk passes packing of purchase order 1
and the quality desk scans order #1001 with label LX9 on parcel 1
and LX1 is scanned carrier_accepted with physical proof
then event LabelMatched matches=false
and gate label_match of parcel 1 is failed
and an exception label_mismatch is open for the operations desk
and the store is not told that anything left
when the quality desk scans order #1001 with label LX1 on parcel 1
then gate label_match of parcel 1 is open
and the exception label_mismatch is resolved
and the store is told that parcel 1 left

story: A label that cannot be scanned may be let pass by name
given a shop "store" that asks for captured payment
and supplier "north" ships MUG hub at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and the operations desk overrides gate label_match of parcel 1: the scanner is broken
then gate label_match of parcel 1 is overridden

story: A label alone is nothing the store hears of
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
when the supplier announces LX1 by post for purchase order 1
then event ParcelAnnounced parcel=1 tracking=LX1 strength=attested
and effect RegisterTracking parcel=1 tracking=LX1
and gate carrier_scan of parcel 1 is pending
and the store is not told that anything left
and the stage is awaiting_carrier

story: A label without a carrier's scan is asked about after the channel's time
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the shop expects a carrier scan within 48h of the label
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
then timer handoff_gap about parcel 1 is set for 2026-11-04T09:00:00Z
when 48h passes
then event AnomalySeen anomaly=handoff_gap
and an exception handoff_gap is open for the operations desk, due in 8h
when LX1 is scanned carrier_accepted with physical proof
then the exception handoff_gap is resolved

story: A number announced twice is one parcel
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when the same arrives again
then there are 1 parcels

story: A parcel needs a number
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces no-number by post for purchase order 1
then it is refused: a parcel needs a number

story: More pieces than are on order cannot be in a parcel
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for 3 of line 1 of purchase order 1
then it is refused: more pieces shipped than are on order

story: When everything is shipped nothing is left to announce
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and the supplier announces LX2 by post for purchase order 1
then it is refused: nothing of this purchase order is left to ship

story: Two parcels of one purchase order are told one by one
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for 1 of line 1 of purchase order 1
and the supplier announces LX2 by post for 1 of line 1 of purchase order 1
when LX1 is scanned carrier_accepted with physical proof
then the store is told that parcel 1 left
and in all 1 effects FulfillAtChannel
when LX2 is scanned carrier_accepted with physical proof
then the store is told that parcel 2 left
and in all 2 effects FulfillAtChannel

story: A number that another order uses is no proof for this one
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and tracking number LX1 belongs to another order
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned carrier_accepted with physical proof
then gate tracking_number of parcel 1 is failed
and an exception tracking_conflict is open for the operations desk
and the store is not told that anything left
when the operations desk overrides gate tracking_number of parcel 1: both orders are in one box
then gate tracking_number of parcel 1 is overridden
and the store is told that parcel 1 left

story: A number the carrier does not know fails
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned invalid_number with electronic proof
then gate tracking_number of parcel 1 is failed
and gate tracking_number of parcel 1 says the carrier does not know the number
and an exception tracking_conflict is open

story: A provider that watches the number is recorded once
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when the provider 17track watches parcel 1
then event TrackingRegistered parcel=1 provider=17track
when the same arrives again
then nothing happens
