# Goods that leave from the supplier: attested, not applicable, or demanded and missing.

story: Without a demand a missing statement is not applicable and says so
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the supplier confirms purchase order 1
and the supplier announces TRK1 by dhl for purchase order 1
then gate inspection of purchase order 1 is not_applicable
and gate inspection of purchase order 1 says the supplier made no statement

story: A demanded statement is awaited until goods leave
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and procedure standard demands a statement on inspection
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the supplier confirms purchase order 1
when the supplier attests inspection of purchase order 1: all checked, photo taken
and the supplier announces TRK1 by dhl for purchase order 1
then gate inspection of purchase order 1 is open
when TRK1 is scanned carrier_accepted with physical proof
then the store is told that parcel 1 left

story: A demanded statement that is missing holds what can still be stopped
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and procedure standard demands a statement on inspection
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the supplier confirms purchase order 1
and the supplier announces TRK1 by dhl for purchase order 1
then gate inspection of purchase order 1 is unclear
and gate inspection of purchase order 1 says procedure standard demands the supplier's statement
and an exception product_check_failed is open for the quality desk, due in 4h
when TRK1 is scanned carrier_accepted with physical proof
then the store is not told that anything left
and the buyer gets no message carrier_pickup
when the supplier attests inspection of purchase order 1: checked before packing
then the exception product_check_failed is resolved
and the store is told that parcel 1 left

story: A named person passes a statement that never comes
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and procedure standard demands a statement on inspection
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the supplier confirms purchase order 1
and the supplier announces TRK1 by dhl for purchase order 1
and TRK1 is scanned carrier_accepted with physical proof
and the quality desk decides product_check_failed with override: a supplier we know
then the store is told that parcel 1 left
