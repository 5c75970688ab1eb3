# What the machinery around the core reports.

story: An effect that the channel refuses is an owned case
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the effect HoldAtChannel about F1 is refused: no such part
then event EffectUnsettled effect=HoldAtChannel state=refused about=F1
and an exception channel_trouble is open for the systems desk, due in 1h

story: An effect whose outcome is unknown is an owned case
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the effect FulfillAtChannel about 1 is unknown: no answer
then event EffectUnsettled state=unknown
and an exception unknown_outcome is open for the operations desk

story: A message nobody could read is an owned case
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the mail room raises message_not_understood about "delivery 12": no such topic
then an exception message_not_understood is open for the systems desk, due in 8h

story: A step that failed is an owned case
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the engine raises step_failed about "command 9": set aside
then an exception step_failed is open for the systems desk, due in 1h

story: Looking again finds nothing new
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the order is looked at again
then nothing happens

story: An answer about a parcel that never was is refused
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the store accepts parcel 4 as fulfillment 77
then it is refused: no such parcel

story: A dropped timer that fires late does nothing
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
when timer ack_reminder about PO-1 fires once more
then nothing happens

story: A number replaced before it was registered is not registered
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when NX5 is scanned local_handoff with physical proof, in DE, instead of LX1
then the waiting RegisterTracking is withdrawn: the number was replaced

story: A store hold told twice is one hold
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk high, divided into open part F1
and the store places our hold H9 on part F1
when the same arrives again
then nothing happens

story: A purchase paid twice is paid once
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is paid
when the same arrives again
then nothing happens
