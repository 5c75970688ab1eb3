# What happens when a parcel was announced under a number that was never its own.

story: A mistyped number is put right, and the way of another parcel proves nothing
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned delivered with physical proof, in DE 808
then an exception tracking_conflict is open
and the stage is delivered
when the desk corrects the number of parcel 1 to LX2 by parcels-ltd: two digits were swapped
then event TrackingNumberCorrected parcel=1 tracking=LX2 carrier=parcels-ltd actor="the desk"
and parcel 1 has number LX2
and parcel 1 shows nothing odd
and the stage is awaiting_carrier
and effect RegisterTracking tracking=LX2
and the exception tracking_conflict is resolved
when LX1 is scanned out_for_delivery with physical proof, in DE 808, as event E7
then nothing happens
when LX2 is scanned carrier_accepted with physical proof
then event TrackingRecorded parcel=1 status=carrier_accepted

story: A store and a buyer who have the wrong number are told the right one
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned carrier_accepted with physical proof
and the store accepts parcel 1 as fulfillment 77
when the desk corrects the number of parcel 1 to LX2 by post: the supplier wrote it
then effect TellChannelTracking number_changed=true
and the buyer gets the message tracking_replaced about parcel 1
when the desk corrects the number of parcel 1 to LX2 by post: said twice
then nothing happens

story: A number is corrected by somebody, to something, and not to another parcel's
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for 1 of line 1 of purchase order 1
and the supplier announces LX2 by post for 1 of line 1 of purchase order 1
when nobody corrects the number of parcel 1 to LX3 by post: it was wrong
then it is refused: a decision needs a named person
when the desk corrects the number of parcel 1 to LX2 by post: it was wrong
then it is refused: another parcel of this order has this number
when the desk corrects the number of parcel 9 to LX3 by post: it was wrong
then it is refused: no such parcel
