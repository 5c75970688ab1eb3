# What happens when a person has the supplier written to again.

story: A supplier whose link expired after the answer gets another, and the case is over
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the desk has the supplier of purchase order 1 written to again: their link has expired
then event SupplierReminded po=PO-1 actor="the desk" reason="their link has expired"
and effect RemindSupplier po=PO-1 asked=true

story: A purchase order that is not with the supplier is nothing to write about
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on propose
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the desk has the supplier of purchase order 1 written to again: they may have missed it
then it is refused: nothing of this purchase order is with the supplier
when nobody has the supplier of purchase order 1 written to again: they may have missed it
then it is refused: a decision needs a named person
