# The supplier's answer, line by line.

story: A confirmation per line opens the gate
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
when the supplier confirms purchase order 1
then event PurchaseOrderAcknowledged answers.0.kind=accepted answers.0.quantity=2 strength=attested
and gate supplier_confirmation of purchase order 1 is open
and the stage is preparing

story: The same confirmation twice is one fact
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
when the same arrives again
then nothing happens

story: A mere claim does not open the gate and a better answer does
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
when the supplier confirms purchase order 1 with claimed evidence
then gate supplier_confirmation of purchase order 1 is pending
and gate supplier_confirmation of purchase order 1 says evidence is claimed, needed is attested
when the supplier confirms purchase order 1 with attested evidence
then gate supplier_confirmation of purchase order 1 is open

story: A gate without confirmation may be let pass by name
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the operations desk overrides gate supplier_confirmation of purchase order 1: confirmed on the phone
then gate supplier_confirmation of purchase order 1 is overridden
when the supplier announces LX1 by post for purchase order 1
and LX1 is scanned carrier_accepted with physical proof
then the store is told that parcel 1 left

story: Without a confirmation even a scanned parcel is not told to the store
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned carrier_accepted with physical proof
then gate supplier_confirmation of purchase order 1 is pending
and the store is not told that anything left

story: A refused purchase order frees its pieces, and without another supplier a person decides
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the supplier refuses purchase order 1: closed for good
then event PurchaseOrderReplied reply=refused
and an exception supplier_stock about "routing" is open
and line 1 has 0 pieces on order

story: Fewer pieces confirmed than asked leave the rest to be routed
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and an order may be split
and the shop promises to ship within 9 working days
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
when the supplier answers line 1 of purchase order 1: only 1
then event PurchaseOrderAcknowledged answers.0.kind=quantity_changed
and purchase order 1 has 1 pieces live
and purchase order 2 is sent to south
and line 1 has 2 pieces on order

story: A rest that would need a forbidden split is a case
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and an order may not be split
and the shop promises to ship within 9 working days
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
when the supplier answers line 1 of purchase order 1: only 1
then an exception supplier_stock says a split is not allowed
and there is 1 purchase order

story: Nothing confirmed is a rejection, whatever it is called
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and the shop promises to ship within 9 working days
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
when the supplier answers line 1 of purchase order 1: only 0
then event PurchaseOrderAcknowledged answers.0.kind=rejected
and purchase order 2 is sent to south

story: Backordered pieces are looked for elsewhere
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and the shop promises to ship within 9 working days
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
when the supplier answers line 1 of purchase order 1: backordered
then event PurchaseOrderAcknowledged answers.0.kind=backordered
and purchase order 2 is sent to south

story: A later date is recorded and needs no approval
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
when the supplier answers line 1 of purchase order 1: ready 2026-11-04T09:00:00Z
then event PurchaseOrderAcknowledged answers.0.kind=date_changed answers.0.ready_at=2026-11-04T09:00:00Z
and gate supplier_confirmation of purchase order 1 is open

story: More pieces confirmed than asked for are refused
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier answers line 1 of purchase order 1: 3 pieces
then it is refused: more pieces confirmed

story: An answer for a line that was never asked is refused
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier answers line 7 of purchase order 1: accepted
then it is refused: has no such line

story: Another price waits for a named approver
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
when the supplier answers line 1 of purchase order 1: price 4.80 EUR
then event PurchaseOrderAcknowledged answers.0.kind=price_changed
and an exception price_change is open for the purchasing desk, due in 4h
and an exception price_change says asked at 4.00 EUR, offered at 4.80 EUR
and gate supplier_confirmation of purchase order 1 is pending
when the purchasing desk approves the change of line 1 of purchase order 1: still worth it
then event SupplyChangeDecided line=1 approved=true
and the exception price_change is resolved
and gate supplier_confirmation of purchase order 1 is open

story: A substitution waits for approval with both sides shown
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
when the supplier answers line 1 of purchase order 1: item north:MUG-GREEN
then event PurchaseOrderAcknowledged answers.0.kind=item_changed
and an exception substitution is open for the shop owner, due in 4h
and an exception substitution says listed: MUG (north:MUG); offered: north:MUG-GREEN
and gate supplier_confirmation of purchase order 1 is pending
when the shop owner decides substitution with approve: the buyer likes green
then event SupplyChangeDecided approved=true
and gate supplier_confirmation of purchase order 1 is open

story: A rejected substitution is cancelled there and bought elsewhere
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and the shop promises to ship within 9 working days
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier answers line 1 of purchase order 1: item north:MUG-GREEN
when the shop owner rejects the change of line 1 of purchase order 1: not what was ordered
then the supplier is asked to cancel 2 of line 1 of purchase order 1
and the exception substitution is resolved
when the supplier agrees to cancel purchase order 1
then purchase order 2 is sent to south

story: A substitution may also end with the whole order cancelled
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and the shop promises to ship within 9 working days
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier answers line 1 of purchase order 1: item north:MUG-GREEN
then an exception substitution offers approve
and an exception substitution offers reject
and an exception substitution offers cancel
when the shop owner decides substitution with cancel: the buyer wants neither
then event SupplyChangeDecided line=1 approved=false
and event LineReduced line=1 by=2 cause=decision
and the supplier is asked to cancel 2 of line 1 of purchase order 1
and the exception substitution is resolved
when the supplier agrees to cancel purchase order 1
then there is 1 purchase order

story: Another price may end with the order cancelled
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier answers line 1 of purchase order 1: price 9.80 EUR
then an exception price_change offers cancel
when the purchasing desk decides price_change with cancel: not worth it
then event SupplyChangeDecided line=1 approved=false
and the supplier is asked to cancel 2 of line 1 of purchase order 1
and the exception price_change is resolved

story: A change nobody asked for cannot be approved
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the shop owner approves the change of line 1 of purchase order 1: why not
then it is refused: no change of this line awaits approval
