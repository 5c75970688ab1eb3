# A cancellation has two sides, and silence is not an answer.

story: A cancellation before the purchase left costs nothing
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on propose
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the shop reports #1001 again with cancelled by the buyer
then event OrderCancelledAtChannel reason=buyer
and event AllocationWithdrawn po=PO-1
and the supplier is asked nothing about cancelling
and nothing is sent to suppliers
and the exception approval is resolved
and the stage is cancelled

story: A cancellation after the purchase left is asked for and counts only when answered
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
when the shop reports #1001 again with cancelled by the buyer
then the supplier is asked to cancel 2 of line 1 of purchase order 1
and line 1 has 2 pieces on order
and the order is not over
when the supplier agrees to cancel purchase order 1
then event SupplyCancelAnswered reply=accepted
and line 1 has 0 pieces on order
and the stage is cancelled
and the order is over

story: A purchase order of several lines is cancelled with one request
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "north" ships BAG direct at 9.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR, 1 x BAG at 30.00 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the shop reports #1001 again with cancelled by the buyer
then event SupplyCancelRequested lines.0.line=1 lines.0.quantity=2 lines.1.line=2 lines.1.quantity=1
and in all 1 events SupplyCancelRequested
and the supplier is asked to cancel 2 of line 1 of purchase order 1
when the supplier agrees to cancel purchase order 1
then the stage is cancelled
and the order is over

story: A supplier that will not cancel is a case
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the shop reports #1001 again with cancelled by the buyer
when the supplier will not cancel purchase order 1: already packed
then event SupplyCancelAnswered reply=rejected
and an exception cancellation_request is open for the purchasing desk, due in 4h
and line 1 has 2 pieces on order
and no event SupplyCancelRequested
when 2d passes
then no event SupplyCancelRequested
and line 1 has 2 pieces on order

story: After a refused cancellation only what is taken out later is asked for
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 3 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the shop reports #1001 again with 2 x MUG left
and the supplier will not cancel purchase order 1: already packed
when the shop reports #1001 again with 1 x MUG left
then the supplier is asked to cancel 1 of line 1 of purchase order 1

story: A supplier's answer on the telephone is recorded under the name of who heard it
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the shop reports #1001 again with cancelled by the buyer
when the purchasing desk records that the supplier cancelled purchase order 1: said on the telephone
then event SupplyCancelAnswered reply=accepted actor="the purchasing desk" detail="said on the telephone"
and line 1 has 0 pieces on order
and no timer cancel_window is set
and the order is over
when the same arrives again
then nothing happens

story: A refusal heard on the telephone is a case like one that was written
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the shop reports #1001 again with cancelled by the buyer
when the purchasing desk records that the supplier will not cancel purchase order 1: it is on the truck
then event SupplyCancelAnswered reply=rejected actor="the purchasing desk"
and an exception cancellation_request is open for the purchasing desk, due in 4h
and an exception cancellation_request says it is on the truck
and line 1 has 2 pieces on order

story: A cancellation after shipment stops nothing that is on its way
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned carrier_accepted with physical proof
when the shop reports #1001 again with cancelled by the buyer
then the supplier is asked nothing about cancelling
and the stage is in_transit

story: An unanswered cancellation never counts as cancelled
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and the shop promises to ship within 9 working days
and stock stated more than 9d ago is not trusted
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the purchasing desk reroutes purchase order 1: too slow
when 9h passes
then event SupplyCancelLapsed po=PO-1
and an exception supplier_silent about "cancel PO-1" is open
and an exception supplier_silent offers buy_again
and line 1 has 2 pieces on order
and no effect PlacePurchaseOrder
when the purchasing desk decides supplier_silent with buy_again: the buyer cannot wait
then event DoubleBuyApproved po=PO-1 cost="8.00 EUR"
and purchase order 2 is sent to south

story: Paying twice before the answer can still come is refused
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and the shop promises to ship within 9 working days
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the purchasing desk reroutes purchase order 1: too slow
and the shop owner buys purchase order 1 again for 8.00 EUR: in a hurry
then it is refused: the cancellation may still be answered

story: Buying again needs a named person
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and the shop promises to ship within 9 working days
and stock stated more than 9d ago is not trusted
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the purchasing desk reroutes purchase order 1: too slow
and 9h passes
and nobody buys purchase order 1 again for 8.00 EUR: in a hurry
then it is refused: named person

story: A late answer closes the case of the unanswered cancellation
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the shop reports #1001 again with cancelled by the buyer
and 9h passes
then an exception supplier_silent is open
when the supplier agrees to cancel purchase order 1
then the exception supplier_silent is resolved

story: An agreed cancellation of a part leaves the rest
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the customer desk cancels 1 of line 1: the buyer wants one
then event LineReduced line=1 by=1 cause=decision
and the supplier is asked to cancel 1 of line 1 of purchase order 1
when the supplier agrees to cancel 1 of line 1 of purchase order 1
then purchase order 1 has 1 pieces live

story: More cannot be cancelled than is wanted
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the customer desk cancels 3 of line 1: too many
then it is refused: more cancelled than is wanted

story: A supplier cannot cancel more than is on order
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier agrees to cancel 5 of line 1 of purchase order 1
then it is refused: more cancelled than was ever asked for

story: The same cancellation answer twice is one fact
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the shop reports #1001 again with cancelled by the buyer
and the supplier agrees to cancel purchase order 1
when the same arrives again
then nothing happens

story: An order cancelled as a whole by a person stops in full
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
when the customer desk cancels the order: the buyer changed their mind
then the supplier is asked to cancel 2 of line 1 of purchase order 1
and line 1 wants 0 pieces

story: A cancellation request that was answered is not sent again
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the shop reports #1001 again with cancelled by the buyer
then the waiting CancelSupply is still wanted
when the supplier agrees to cancel purchase order 1
then the waiting CancelSupply is withdrawn: the cancellation was answered

story: An order deleted at the shop is never told anything
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and the shop reports #1001 again with deleted
when LX1 is scanned carrier_accepted with physical proof
then event TrackingRecorded
and the store is not told that anything left

story: A supplier that cancels by itself is believed, and its pieces are bought elsewhere
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 4.50 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
when the supplier cancels purchase order 1 without being asked
then event SupplyCancelAnswered reply=accepted
and purchase order 2 is sent to south
and line 1 has 2 pieces on order
when the same arrives again
then no event SupplyCancelAnswered

story: An old answer to a cancellation takes nothing more when it is told again
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 3 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the shop reports #1001 again with 2 x MUG left
and the supplier agrees to cancel purchase order 1
when the supplier cancels purchase order 1 without being asked
then no event SupplyCancelAnswered
and line 1 has 2 pieces on order

story: Pieces that nobody wants stay somebody's business as long as they are on order
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the shop reports #1001 again with cancelled by the buyer
and 9h passes
then an exception supplier_silent is open
when the purchasing desk decides supplier_silent with wait: they are slow
then no exception is open
when 30d passes
then no event LadderStepTaken step=contact
then an exception cancellation_request about "cancel PO-1" is open
and an exception cancellation_request says 2 pieces are still on order at north
when the purchasing desk decides cancellation_request with contact: they look for it
then the exception cancellation_request is resolved
when 25h passes
then an exception cancellation_request about "cancel PO-1" is open

story: An agreement to cancel a part leaves the rest waiting for its answer
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the operations desk reroutes purchase order 1: not in time
when the supplier agrees to cancel 1 of line 1 of purchase order 1
then event SupplyCancelAnswered reply=accepted
when 9d passes
then event SupplyCancelLapsed
and an exception supplier_silent is open
