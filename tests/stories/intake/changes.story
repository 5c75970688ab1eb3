# Edits and refunds while the order runs.

story: An edit that adds pieces is bought too
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the shop reports #1001 again with 3 x MUG left, total 37.50 EUR
then event LineAdded line.quantity=1 line.sku=MUG
and event PaymentRecorded total="37.50 EUR"
and purchase order 2 is sent to north
and line 2 has 1 pieces on order

story: An edit that takes pieces out before the purchase is simply not bought
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, payment pending, risk low
when the shop reports #1001 again with 1 x MUG left, paid
then event LineReduced line=1 by=1 cause=edit
and purchase order 1 is sent to north
and line 1 has 1 pieces on order

story: An edit that takes pieces out after the purchase asks the supplier to stop them
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 3 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
when the shop reports #1001 again with 2 x MUG left
then the supplier is asked to cancel 1 of line 1 of purchase order 1
and line 1 has 3 pieces on order
when the supplier agrees to cancel purchase order 1
then line 1 has 2 pieces on order

story: A refund of goods takes exactly those pieces out
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 3 x MUG at 12.50 EUR to DE 10115, paid, risk low, divided into open part F1
when the shop reports #1001 again with 1 x MUG refunded for 12.50 EUR
then event LineReduced line=1 by=1 cause=refund
and event PaymentRecorded state=partially_refunded
and no event MoneyRefunded
and the supplier is asked to cancel 1 of line 1 of purchase order 1
and gate payment is open

story: A refund of money alone stops nothing
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 3 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the shop reports #1001 again with 5.00 EUR refunded
then event MoneyRefunded amount="5.00 EUR"
and no event LineReduced
and the supplier is asked nothing about cancelling
and gate payment is open
and line 1 wants 3 pieces

story: A refund that may be of goods or of money is held until a person says which
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 3 x MUG at 12.50 EUR to DE 10115, payment pending, risk low, divided into open part F1
when the shop reports #1001 again with paid, 1 x MUG refunded for 12.50 EUR but still to be fulfilled
then an exception ambiguous_refund is open for the customer desk, due in 4h
and event HoldPlaced hold=refund
and no event LineReduced
and nothing is sent to suppliers
when the customer desk decides ambiguous_refund with release: the buyer keeps all three
then event HoldReleased hold=refund
and purchase order 1 is sent to north
when the shop reports #1001 again with a complete address
then no event HoldPlaced

story: Who said what a refund meant is asked again only about other pieces
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 3 x MUG at 12.50 EUR to DE 10115, payment pending, risk low, divided into open part F1
and the shop reports #1001 again with paid, 1 x MUG refunded for 12.50 EUR but still to be fulfilled
and the customer desk decides ambiguous_refund with release: the buyer keeps all three
and the shop reports #1001 again with 1 x MUG refunded for 12.50 EUR but still to be fulfilled
then an exception ambiguous_refund is open for the customer desk, due in 4h

story: A full refund leaves nothing to buy
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 1 x MUG at 12.50 EUR to DE 10115, payment pending, risk low
when the shop reports #1001 again with 1 x MUG refunded for 12.50 EUR
then nothing is sent to suppliers
and line 1 wants 0 pieces
and the stage is cancelled

story: Goods that somebody fulfilled at the shop without us are stopped here
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the shop reports #1001 again with 2 x MUG fulfilled there as 900
then event FulfilledElsewhere fulfillment=900
and an exception fulfilled_elsewhere is open for the operations desk, due in 4h
and the supplier is asked to cancel 2 of line 1 of purchase order 1
when the same arrives again
then nothing happens

story: An order that was fulfilled at the shop without us and then cancelled there loses its pieces once
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the shop reports #1001 again with 2 x MUG fulfilled there as 900
when the shop reports #1001 again with 2 x MUG refunded for 25.00 EUR, cancelled by the buyer
then event LineReduced by=2
when the same arrives again
then nothing happens

story: A fulfillment that was cancelled at the shop counts for nothing
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, payment pending, risk low, 2 x MUG fulfilled there as 900, fulfillment 900 cancelled
then no event FulfilledElsewhere
and line 1 wants 2 pieces

story: How the shop divides the order is recorded once
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the shop reports #1001 again with divided into open part F1
then event ChannelPartsRecorded parts.0.part=F1
when the shop reports #1001 again
then nothing happens

story: An address that changes after the purchase is told to the supplier by a person
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then purchase order 1 is sent to north
when the shop reports #1001 again with a complete address
then event DestinationChanged
and an exception address_hold is open for the customer desk, due in 4h

story: What was cancelled here is not bought again because the shop still lists it
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the customer desk cancels 1 of line 1: the buyer wants one
then event LineReduced line=1 by=1 cause=decision
when the shop reports #1001 again with 2 x MUG left
then no event LineAdded
and line 1 wants 1 pieces
when the shop reports #1001 again with 1 x MUG left
then event LineReduced line=1 by=1 cause=edit
and line 1 wants 1 pieces
when the shop reports #1001 again with 2 x MUG left
then event LineAdded line.quantity=1 line.sku=MUG

story: Whoever cancels here is asked to cancel at the store too, until the store shows it
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the customer desk cancels 2 of line 1: the buyer wants none
then an exception customer_decision is open for the customer desk, due in 4h
and an exception customer_decision says the store still lists it
and an exception customer_decision offers refund
when the shop reports #1001 again with cancelled by the buyer
then the exception customer_decision is resolved

story: What the store adds to an order that was cancelled here is not bought unasked
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the customer desk cancels 2 of line 1: the buyer wants none
when the shop reports #1001 again with 3 x MUG left
then event LineAdded line.quantity=1 line.sku=MUG
and event HoldPlaced hold="added after the cancellation"
and an exception customer_decision says added MUG to an order that was cancelled here
and no event PurchaseOrderDrafted
when the customer desk decides customer_decision with release: they called again
then event HoldReleased hold="added after the cancellation"
and event PurchaseOrderDrafted
