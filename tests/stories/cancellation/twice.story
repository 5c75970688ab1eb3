# Buying again although the first purchase may still come: by a named person, with the cost shown.

story: A refused cancellation may be answered by buying again with the double cost shown
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the purchasing desk reroutes purchase order 1: too slow
and the supplier will not cancel purchase order 1: already packed
then an exception cancellation_request offers buy_again
and event ExceptionOpened options.3.cost="8.00 EUR"
and there is 1 purchase order
when the purchasing desk decides cancellation_request with buy_again: the buyer cannot wait
then event DoubleBuyApproved po=PO-1 actor="the purchasing desk" cost="8.00 EUR"
and purchase order 2 is sent to south

story: What a supplier will not stop is not asked for again
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the shop reports #1001 again with cancelled by the buyer
when the supplier will not cancel purchase order 1: already packed
then the supplier is asked nothing about cancelling
and an exception cancellation_request is open
when the order is looked at again
then nothing happens

story: Nothing is bought again for an order nobody wants
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the shop reports #1001 again with cancelled by the buyer
and the supplier will not cancel purchase order 1: already packed
when the purchasing desk buys purchase order 1 again for 8.00 EUR: by mistake
then it is refused: nothing of the order is wanted any more

story: A piece that is being cancelled already is not cancelled again with a rejected substitution
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the operations desk reroutes purchase order 1: no answer on the phone
then the supplier is asked to cancel 2 of line 1 of purchase order 1
when the supplier answers line 1 of purchase order 1: item north:MUG-GREEN
and the shop owner rejects the change of line 1 of purchase order 1: not what was ordered
then event SupplyChangeDecided line=1 approved=false
and no event SupplyCancelRequested
