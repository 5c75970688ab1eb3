# The last look before a parcel is closed.

story: A failed packing check stops the parcel until it is repacked
given a shop "store" that asks for captured payment
and supplier "north" ships MUG hub at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and the quality desk passes receiving of purchase order 1
and the quality desk passes inspection of purchase order 1
and the quality desk scans order #1001 with label LX1 on parcel 1
and the quality desk fails packing of purchase order 1: supplier's leaflet inside
and LX1 is scanned carrier_accepted with physical proof
then gate packing of purchase order 1 is failed
and an exception packing_issue is open for the quality desk, due in 4h
and the store is not told that anything left
when the quality desk passes packing of purchase order 1
then gate packing of purchase order 1 is open
and the exception packing_issue is resolved
and the store is told that parcel 1 left

story: A packing check may be let pass by name
given a shop "store" that asks for captured payment
and supplier "north" ships MUG hub at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and the operations desk overrides gate packing of purchase order 1: packed by the maker
then gate packing of purchase order 1 is overridden

story: A check by nobody is refused
given a shop "store" that asks for captured payment
and supplier "north" ships MUG hub at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the quality desk passes packing of purchase order 8
then it is refused: no such purchase order
