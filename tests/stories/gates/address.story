# Where it goes and whether it can.

story: An order with an incomplete address is held until the buyer corrects it
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low, address missing phone
then gate address is failed
and gate address says missing_phone
and an exception address_hold is open for the customer desk, due in 4h
and nothing is sent to suppliers
when the shop reports #1001 again with a complete address
then event DestinationChanged
and gate address is open
and the exception address_hold is resolved
and purchase order 1 is sent to north

story: An incomplete address may be accepted by name
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low, address missing phone
and the operations desk overrides gate address: the carrier needs no number
then gate address is overridden
and purchase order 1 is sent to north

story: A country the shop does not deliver to stops the order
given a shop "store" that asks for captured payment
and the shop does not deliver to CH
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to CH 8001, paid, risk low
then gate destination is failed
and an exception route_restriction is open for the operations desk, due in 8h
and nothing is sent to suppliers
when the shop owner overrides gate destination: agreed with the buyer
then gate destination is overridden
and purchase order 1 is sent to north

story: A PO box is no place for a parcel unless the shop says so
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to US 94107, paid, risk low, a PO box
then gate destination is failed
and gate address is open
and nothing is sent to suppliers
when from now on the shop delivers to PO boxes
then gate destination is open
and purchase order 1 is sent to north
