# SKUs, services, margins and holds at the shop.

story: A SKU without a supplier SKU is asked about
given a shop "store" that asks for captured payment
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then gate mapping is failed
and an exception unmapped_sku is open for the purchasing desk, due in 8h
when from now on supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
then gate mapping is open
and the exception unmapped_sku is resolved
and purchase order 1 is sent to north

story: A line without any SKU is asked about
given a shop "store" that asks for captured payment
when order #1001 comes in: 2 x no-sku at 12.50 EUR to DE 10115, paid, risk low
then gate mapping is failed
and gate mapping says without a SKU

story: A mapping gate let pass by name leads on to routing
given a shop "store" that asks for captured payment
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the operations desk overrides gate mapping: the maker was called
then gate mapping is overridden
and an exception no_route is open for the purchasing desk, due in 4h

story: A shipping service without a counterpart may be let pass by name
given a shop "store" that asks for captured payment
and the shop only knows the service Standard
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low, service Drone
and the operations desk overrides gate service: ships by the usual way
then gate service is overridden
and purchase order 1 is sent to north

story: A sale below the least margin is not bought
given a shop "store" that asks for captured payment
and gate margin asks for a margin of 200 per mille
and supplier "north" ships MUG direct at 11.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then gate margin is failed
and gate margin says 3.00 EUR on 25.00 EUR
and an exception margin_breach is open for the purchasing desk, due in 8h
and nothing is sent to suppliers
when the shop owner overrides gate margin: a good customer
then gate margin is overridden
and purchase order 1 is sent to north

story: A margin across currencies is unclear rather than passed
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 USD with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then gate margin is unclear
and an exception margin_breach is open
and nothing is sent to suppliers

story: A hold that another application placed at the shop is respected
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low, divided into on_hold part F1, held by H1 on part F1
then event ChannelHoldChanged part=F1 hold=H1 placed=true
and gate channel_hold is failed
and nothing is sent to suppliers
when the shop reports #1001 again with hold H1 gone
then gate channel_hold is open
and purchase order 1 is sent to north

story: A foreign hold may be passed by name
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low, divided into on_hold part F1, held by H1 on part F1
and the shop owner overrides gate channel_hold: that application is gone
then gate channel_hold is overridden
and purchase order 1 is sent to north

story: A gate that only checks opens a case and stops nothing
given a shop "store" that asks for captured payment
and gate fraud only checks
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk high
then gate fraud is failed
and an exception fraud_hold is open
and purchase order 1 is sent to north
