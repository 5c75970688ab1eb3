# What a person may do when a gate is shut, and the parameters a gate may have.

story: A margin that is too small is routed to another supplier by a person
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 12.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and supplier "south" is suspended
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then gate margin is failed
and an exception margin_breach offers reroute
when the purchasing desk decides margin_breach with reroute: somebody cheaper
then event AllocationWithdrawn po=PO-1 supplier=north
and nothing is sent to suppliers
and an exception supplier_stock is open

story: What cannot be bought elsewhere any more is not re-routed
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and procedure standard demands a statement on inspection
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the supplier confirms purchase order 1
and the supplier announces TRK1 by dhl for purchase order 1
and the quality desk decides product_check_failed with reroute: not as ordered
then it is refused: nothing of it can be bought elsewhere any more

story: Goods that failed their check are bought elsewhere once they are cancelled
given a shop "store" that asks for captured payment
and supplier "north" ships MUG hub at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the supplier confirms purchase order 1
and the inspector fails inspection of purchase order 1: a crack
and the supplier announces TRK1 by dhl for 1 of line 1 of purchase order 1
and the quality desk decides product_check_failed with reroute: cracked
then the supplier is asked to cancel 1 of line 1 of purchase order 1

story: A supplier's higher price within policy passes by the rule
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and gate margin lets a price rise by 100 per mille
and the rule price_rise is on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the supplier answers line 1 of purchase order 1: price 4.40 EUR
then event SupplyChangeDecided approved=true actor=rule:price_rise
and no exception is open
and gate supplier_confirmation of purchase order 1 is open

story: A price beyond policy waits for a person
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and gate margin lets a price rise by 100 per mille
and the rule price_rise is on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the supplier answers line 1 of purchase order 1: price 4.50 EUR
then an exception price_change is open for the purchasing desk, due in 4h

story: A price that policy would let pass still waits when the rule may only propose
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and gate margin lets a price rise by 100 per mille
and the rule price_rise is on propose
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the supplier answers line 1 of purchase order 1: price 4.40 EUR
then an exception price_change is open
when the purchasing desk decides price_change with approve: still fine
then event AutomationNoted rule=rule:price_rise agreed=true

story: A rule in watch says what it would have let pass
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and gate margin lets a price rise by 100 per mille
and the rule price_rise is on watch
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the supplier answers line 1 of purchase order 1: price 4.40 EUR
then event AutomationNoted rule=rule:price_rise mode=watch
and an exception price_change is open

story: A price that rose while the purchase waited stops it
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on propose
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then purchase order 1 waits on propose
when from now on supplier "north" ships MUG direct at 5.00 EUR with 20 in stock, on propose
and the order is looked at again
then gate margin is failed
and gate margin says north asks 5.00 EUR for north:MUG now, 4.00 EUR when it was routed
and an exception margin_breach is open

story: A gate may ask for more proof than the shipping service
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the shop is told on collected proof
and gate carrier_scan takes physical proof
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the supplier confirms purchase order 1
and the supplier announces TRK1 by dhl for purchase order 1
when TRK1 is scanned carrier_accepted with collected proof
then gate carrier_scan of parcel 1 says needed is physical
and the store is not told that anything left
when TRK1 is scanned in_transit with physical proof
then the store is told that parcel 1 left

story: A gate may guard what the buyer hears of a parcel
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and gate tracking_number guards telling the buyer
and holdfast speaks at carrier_pickup
and tracking number TRK1 belongs to another order
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the supplier confirms purchase order 1
and the supplier announces TRK1 by dhl for purchase order 1
and TRK1 is scanned carrier_accepted with physical proof
then the store is told that parcel 1 left
and the buyer gets no message carrier_pickup
when the operations desk overrides gate tracking_number of parcel 1: the carrier reuses it
then the buyer gets the message carrier_pickup about parcel 1
