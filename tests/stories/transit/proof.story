# What proves that a carrier has the parcel.

story: A physical scan lets the store be told
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned carrier_accepted with physical proof
then gate carrier_scan of parcel 1 is open
and event StoreTold parcel=1 proof=physical
and the store is told that parcel 1 left
and the stage is in_transit

story: Electronic tracking is not proof
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned in_transit with electronic proof
then gate carrier_scan of parcel 1 is pending
and gate carrier_scan of parcel 1 says needed is physical
and the store is not told that anything left

story: What a provider concludes is not proof either
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned in_transit with inferred proof
then gate carrier_scan of parcel 1 is pending
and the store is not told that anything left

story: A signed collection is enough where the shop says so
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the shop is told on collected proof
and gate carrier_scan takes verified evidence
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned carrier_accepted with collected proof
then gate carrier_scan of parcel 1 is open
and event StoreTold parcel=1 proof=collected

story: A signed collection is not enough where the shop wants a scan
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned carrier_accepted with collected proof
then gate carrier_scan of parcel 1 is pending
and the store is not told that anything left

story: Any later scan implies acceptance
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned out_for_delivery with physical proof, in DE 101
then gate carrier_scan of parcel 1 is open
and the store is told that parcel 1 left

story: A carrier's scan may be replaced by a person's word
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when the shop owner overrides gate carrier_scan of parcel 1: handed over at the counter, receipt kept
then gate carrier_scan of parcel 1 is overridden
and the store is told that parcel 1 left

story: An event told twice is one event
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned carrier_accepted with physical proof, as event E1
when LX1 is scanned carrier_accepted with physical proof, as event E1
then nothing happens
and in all 1 events TrackingRecorded

story: Delivered may be known before accepted
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and 2h passes
and LX1 is scanned delivered with physical proof, in DE 101
when LX1 is scanned carrier_accepted with physical proof, 1h ago
then event TrackingRecorded status=carrier_accepted
and the stage is delivered
and parcel 1 shows nothing odd

story: A scan of a number nobody announced is refused
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX7 is scanned carrier_accepted with physical proof
then it is refused: no parcel has this number

story: A courier swap retires the old number and tells once
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned carrier_accepted with physical proof
and the store accepts parcel 1 as fulfillment 77
when NX5 is scanned local_handoff with physical proof, in DE, instead of LX1, as event E9
then event TrackingNumberReplaced parcel=1 tracking=NX5 carrier=next-carrier
and parcel 1 has number NX5
and effect RegisterTracking tracking=NX5
and effect TellChannelTracking number_changed=true
and the buyer gets the message tracking_replaced about parcel 1
when NX5 is scanned local_handoff with physical proof, in DE, instead of LX1, as event E9
then nothing happens
when LX1 is scanned out_for_delivery with physical proof, in DE 101
then event TrackingRecorded parcel=1 status=out_for_delivery
and parcel 1 has number NX5
