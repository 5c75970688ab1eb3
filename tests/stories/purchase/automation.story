# How much the program may do by itself.

story: A supplier in propose asks for one key
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on propose
and supplier "north" is itself on propose
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then purchase order 1 waits on propose
and an exception approval is open for the operations desk, due in 2h
and nothing is sent to suppliers
when the operations desk releases purchase order 1
then event PurchaseOrderReleased po=PO-1 actor="the operations desk"
and event AutomationNoted rule=supplier:north agreed=true
and the exception approval is resolved
and purchase order 1 is sent to north

story: A proposal may be approved as a case
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on propose
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the operations desk decides approval with approve: as usual; root cause unknown
then purchase order 1 is sent to north

story: A rejected proposal is withdrawn and routed to the next-best
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on propose
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the operations desk decides approval with reject: not from there
then event AllocationWithdrawn po=PO-1 supplier=north
and event AutomationNoted agreed=false
and purchase order 2 is sent to south

story: A supplier in watch only shows what would be bought
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on watch
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then purchase order 1 waits on watch
and an exception approval says would be bought from north
and nothing is sent to suppliers

story: A new supplier holds back even a proven mapping
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "north" is itself on propose
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then purchase order 1 waits on propose
and nothing is sent to suppliers

story: A valuable order is bought by a person's key and checked more strictly
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the shop has a person approve purchases for orders above 20.00 EUR
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then the order runs under procedure high_value
and purchase order 1 waits on propose
and nothing is sent to suppliers

story: Goods of a risk class choose their own procedure
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and goods MUG are of the risk class fragile
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then the order runs under procedure fragile
and event ProcedureChosen risks.0=fragile

story: A tripped limit lets purchases wait behind one case
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the limit of supplier "north" has tripped
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then an exception limit_reached is open for the shop owner, due in 1h
and nothing is sent to suppliers
when from now on no limit has tripped
then the exception limit_reached is resolved
and purchase order 1 is sent to north

story: A limit of the whole workspace stops every supplier
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the limit of the whole workspace has tripped
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then an exception limit_reached is open
and nothing is sent to suppliers

story: A hold stops buying until the same person or another lifts it
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, payment pending, risk low
and the customer desk places the hold question: the buyer asked for another colour
and the shop reports #1001 again with paid
then the order is held
and nothing is sent to suppliers
when the customer desk lifts the hold question: the buyer keeps the colour
then purchase order 1 is sent to north

story: A purchase order that was withdrawn can no longer be released
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on propose
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the shop reports #1001 again with cancelled by the buyer
and the operations desk releases purchase order 1
then it is refused: the purchase order was withdrawn

story: The balance at the supplier is too low
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when our balance is too low for purchase order 1
then an exception supplier_payment is open for the payments desk, due in 4h
when purchase order 1 is paid
then the exception supplier_payment is resolved
