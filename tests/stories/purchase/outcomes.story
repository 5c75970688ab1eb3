# How far a purchase order got.

story: Sent, delivered and read are different facts and none of them confirms
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when purchase order 1 is sent
then event PurchaseOrderReplied reply=sent
and the stage is confirming
and gate supplier_confirmation of purchase order 1 says purchase order is sent
when purchase order 1 is delivered as N-77
then event PurchaseOrderReplied reply=delivered
and the supplier calls purchase order 1 N-77
and gate supplier_confirmation of purchase order 1 says purchase order is delivered
when the supplier reads purchase order 1
then gate supplier_confirmation of purchase order 1 says purchase order is read
and gate supplier_confirmation of purchase order 1 is pending

story: The same reply twice is recorded once
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
when the same arrives again
then nothing happens

story: An unknown outcome at a supplier that cannot be asked goes to a person
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the outcome of purchase order 1 is unknown: the connection broke
then an exception unknown_outcome is open for the operations desk, due in 2h
and nothing more is sent to suppliers
when the operations desk decides unknown_outcome with confirm: it stands on the supplier's site
then event PurchaseOrderReplied reply=sent
and the exception unknown_outcome is resolved
and in all 1 effects PlacePurchaseOrder

story: An order that did not arrive is sent once more by a person's decision
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the outcome of purchase order 1 is unknown: the connection broke
when the operations desk decides unknown_outcome with retry: the supplier has nothing
then purchase order 1 is sent to north
and in all 2 effects PlacePurchaseOrder

story: A supplier that can be asked is asked before a person is
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "north" can be asked by our number
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the outcome of purchase order 1 is unknown: the connection broke
then no exception is open
and nothing more is sent to suppliers

story: An unknown outcome that turns out well closes its case
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the outcome of purchase order 1 is unknown: the connection broke
when purchase order 1 is delivered
then the exception unknown_outcome is resolved

story: A refused purchase order is bought from the next-best
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and the shop promises to ship within 9 working days
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the supplier refuses purchase order 1: no account
then event PurchaseOrderReplied reply=refused
and purchase order 2 is sent to south

story: A supplier that is polled is asked again and again until it ships
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "north" is asked every 60 minutes
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
when 1h passes
then effect AskAboutPurchaseOrder po=PO-1 supplier=north
when the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
then no timer supplier_poll is set

story: Nothing is known of a purchase order the order does not have
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 9 is delivered
then it is refused: no such purchase order

story: A purchase order whose pieces are gone is not sent when its turn comes late
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the shop reports #1001 again with cancelled by the buyer
and the supplier agrees to cancel purchase order 1
then the waiting PlacePurchaseOrder is withdrawn: nothing of this purchase order is wanted

story: What nobody wants any more is not sent once more
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the outcome of purchase order 1 is unknown: the connection broke
and the customer desk cancels 2 of line 1: the buyer wants none
when the operations desk decides unknown_outcome with retry: the supplier has nothing
then it is refused: wanted any more
and an exception unknown_outcome is open
