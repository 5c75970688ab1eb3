# What a person must look at while a parcel is on its way.

story: A parcel that stops moving is a case
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the shop calls a parcel stalled after 5d
and the shop's parcels take 30 days
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned carrier_accepted with physical proof
when 5d passes
then event AnomalySeen anomaly=stall
and an exception tracking_delay is open for the customer desk, due in 1d
when LX1 is scanned delivered with physical proof, in DE 101
then the exception tracking_delay is resolved

story: A failed delivery attempt is a case
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned attempt_failed with physical proof, in DE 101
then parcel 1 shows failed_attempt
and an exception delivery_failed is open for the customer desk, due in 1d

story: A parcel that goes back is a case
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned returning with physical proof
then parcel 1 shows return_to_sender
and an exception return_to_sender is open for the customer desk

story: A lost parcel is a case
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned lost with physical proof
then parcel 1 shows lost
and an exception parcel_lost is open for the customer desk

story: A provider that stops watching is a case
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned stale with electronic proof
then parcel 1 shows stale
and an exception tracking_delay is open for the customer desk

story: A delay the carrier announces is a case
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned in_transit with physical proof, flag delayed
then parcel 1 shows delayed
and an exception tracking_delay is open for the customer desk

story: A parcel held at customs is a case
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned customs with physical proof, flag customs_hold
then parcel 1 shows customs_hold
and an exception customs_hold is open for the operations desk

story: Reported damage is a case
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned in_transit with physical proof, flag damaged
then parcel 1 shows damaged
and an exception parcel_damaged is open for the customer desk

story: Delivered to another postcode is a conflict
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned delivered with physical proof, in DE 807
then parcel 1 shows delivered_elsewhere
and an exception tracking_conflict says delivered in DE 807, address is in DE 101

story: Delivered in the right place is nothing odd
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned delivered with physical proof, in DE 101
then parcel 1 shows nothing odd
and no exception is open

story: A last-mile scan in another country is a deviation
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned out_for_delivery with physical proof, in FR 750
then parcel 1 shows route_deviation
and an exception route_deviation is open for the operations desk

story: A scan from before the purchase belongs to another parcel
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned carrier_accepted with physical proof, 3h ago
then parcel 1 shows scan_before_label
and an exception tracking_conflict is open for the operations desk

story: A time the carrier is unsure of is compared with that in mind
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned carrier_accepted with physical proof, 3h ago, give or take 4h
then parcel 1 shows nothing odd

story: A number told days after the parcel moved was uploaded late
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and 2d passes
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned in_transit with physical proof, 30h ago
then parcel 1 shows uploaded_late
and an exception tracking_delay is open for the customer desk

story: A scan after delivery is a conflict
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned delivered with physical proof, in DE 101
and 1h passes
when LX1 is scanned in_transit with physical proof
then parcel 1 shows scan_after_delivery
and an exception tracking_conflict is open
and the stage is delivered

story: The same oddity is reported once
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned attempt_failed with physical proof, in DE 101
and 1h passes
when LX1 is scanned attempt_failed with physical proof, in DE 101
then no event AnomalySeen
and in all 1 events AnomalySeen
