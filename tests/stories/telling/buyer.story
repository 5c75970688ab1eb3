# Who speaks to the buyer, at which moment, and once.

story: The order confirmation belongs to the store
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then event BuyerTold moment=order_confirmed speaker=store
and the buyer gets no message order_confirmed

story: A new label is told where the shop wants it
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and holdfast speaks at label_created
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
when the supplier announces LX1 by post for purchase order 1
then the buyer gets the message label_created about parcel 1
when LX1 is scanned carrier_accepted with physical proof
then the waiting RegisterTracking is still wanted
and the buyer gets the message carrier_pickup about parcel 1

story: A label message is withdrawn when the parcel already moves
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and holdfast speaks at label_created
and nobody speaks at carrier_pickup
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
then the waiting SendBuyerMessage is still wanted
when LX1 is scanned carrier_accepted with physical proof
then the waiting SendBuyerMessage is withdrawn: the parcel already moves

story: The pick-up is told after the scan and once
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned carrier_accepted with physical proof
then the buyer gets the message carrier_pickup about parcel 1
when LX1 is scanned in_transit with physical proof
then the buyer gets no message carrier_pickup

story: Movement is told where the shop wants it
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and holdfast speaks at in_transit
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned in_transit with physical proof
then the buyer gets the message in_transit about parcel 1

story: Out for delivery is told
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned out_for_delivery with physical proof, in DE 101
then the buyer gets the message out_for_delivery about parcel 1
when LX1 is scanned delivered with physical proof, in DE 101
then the buyer gets the message delivered about parcel 1

story: A parcel waiting at a shop is told
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned available_for_pickup with physical proof, in DE 101
then the buyer gets the message awaiting_pickup about parcel 1

story: What is out for delivery no longer matters once delivered
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and nobody speaks at delivered
and nobody speaks at carrier_pickup
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned out_for_delivery with physical proof, in DE 101
when LX1 is scanned delivered with physical proof, in DE 101
then the waiting SendBuyerMessage is withdrawn: the parcel was delivered

story: Pieces taken out of the order are told
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and holdfast speaks at order_changed
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the shop reports #1001 again with 1 x MUG left
then the buyer gets the message order_changed

story: A cancelled order is told
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and holdfast speaks at cancelled
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the shop reports #1001 again with cancelled by the buyer
then the buyer gets the message cancelled
and the buyer gets no message order_changed

story: Where nobody speaks nobody is asked to
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and nobody speaks at carrier_pickup
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when LX1 is scanned carrier_accepted with physical proof
then no event BuyerTold

story: A message that failed is a case
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned carrier_accepted with physical proof
when the message carrier_pickup about parcel 1 is dead: mailbox unknown
then event MessageSettled state=dead
and an exception notification_failed is open for the customer desk, due in 8h

story: A message that was sent or withdrawn is no case
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned carrier_accepted with physical proof
when the message carrier_pickup about parcel 1 is done: accepted by the mail server
then event MessageSettled state=done
and no exception is open
when the same arrives again
then nothing happens

story: A message nobody asked for cannot be settled
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the message delivered about parcel 1 is done: accepted
then it is refused: no such message
