# Who supplies what, and why.

story: The better supplier is chosen and the choice explains itself
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 9.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then event RoutingDecided allocations.0.supplier=north candidates.0.supplier=north candidates.1.supplier=south policy=policy
and purchase order 1 is drafted for north
and there is 1 purchase order

story: A suspended supplier gets nothing
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and supplier "north" is suspended
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then north was left out by the filter suspended
and purchase order 1 is drafted for south

story: A supplier nobody vetted gets nothing
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and supplier "north" was never vetted
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then north was left out by the filter not_vetted
and purchase order 1 is drafted for south

story: A supplier kept for another shop gets nothing
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and supplier "north" is only used for the shop "outlet"
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then north was left out by the filter channel_rule
and purchase order 1 is drafted for south

story: A supplier that does not ship there gets nothing
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and supplier "north" does not ship to DE
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then north was left out by the filter destination_excluded
and purchase order 1 is drafted for south

story: Stock that was stated long ago is not believed
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and stock stated more than 24h ago is not trusted
and supplier "north" stated its stock 2d ago
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then north was left out by the filter feed_too_old
and purchase order 1 is drafted for south

story: The last pieces of a stock are not sold
given a shop "store" that asks for captured payment
and 2 pieces of every stock are left as a buffer
and supplier "north" ships MUG direct at 4.00 EUR with 2 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then north was left out by the filter below_buffer
and purchase order 1 is drafted for south

story: Goods sold below their minimum price are not bought
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and goods MUG may not be sold below 15.00 EUR
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then north was left out by the filter minimum_price
and an exception no_route is open for the purchasing desk, due in 4h
and nothing is sent to suppliers

story: A supplier that cannot meet the promise gets nothing
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and the shop promises to ship within 3 working days
and supplier "north" hands over 9 working days after the order
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then north was left out by the filter cannot_meet_promise
and purchase order 1 is drafted for south

story: When no supplier can meet the promise a person decides
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the shop promises to ship within 3 working days
and supplier "north" hands over 9 working days after the order
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then event RoutingFailed
and an exception no_route says no supplier can meet the promise
and nothing is sent to suppliers

story: A closed supplier cannot meet a short promise
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and the shop promises to ship within 2 working days
and supplier "north" is closed on 2026-11-03..2026-11-06
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then north was left out by the filter cannot_meet_promise
and purchase order 1 is drafted for south

story: An order after the supplier's cut-off counts from its next working day
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the time is 2026-11-02T17:00:00Z
and the shop promises to ship within 1 working days
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then north was left out by the filter cannot_meet_promise

story: A basket is not split where the policy forbids it
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and an order may not be split
and supplier "south" ships LAMP direct at 9.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR, 1 x LAMP at 30.00 EUR to DE 10115, paid, risk low
then an exception no_route is open for the purchasing desk, due in 4h
and nothing is sent to suppliers

story: A basket is split where the policy permits it
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and an order may be split
and supplier "south" ships LAMP direct at 9.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR, 1 x LAMP at 30.00 EUR to DE 10115, paid, risk low
then purchase order 1 is sent to north
and purchase order 2 is sent to south

story: One supplier for everything is preferred over two cheaper ones
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and an order may be split
and supplier "south" ships LAMP direct at 9.00 EUR with 20 in stock, on auto
and supplier "west" ships MUG direct at 6.00 EUR with 20 in stock, on auto
and supplier "west" ships LAMP direct at 12.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR, 1 x LAMP at 30.00 EUR to DE 10115, paid, risk low
then there is 1 purchase order
and purchase order 1 is drafted for west

story: A small basket is not worth a split
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and an order may be split from 100.00 EUR
and supplier "south" ships LAMP direct at 9.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR, 1 x LAMP at 30.00 EUR to DE 10115, paid, risk low
then nothing is sent to suppliers
and an exception no_route is open

story: One line may come from two suppliers when neither has enough
given a shop "store" that asks for captured payment
and an order may be split
and supplier "north" ships MUG direct at 4.00 EUR with 4 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 4 in stock, on auto
when order #1001 comes in: 3 x MUG at 12.50 EUR to DE 10115, paid, risk low
then there are 2 purchase orders
and line 1 has 3 pieces on order

story: A route that scores too badly is left to a person
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "north" has defects of 90 per mille
and a route must score at least 990
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then an exception no_route says below the stop-loss
and nothing is sent to suppliers

story: A supplier that failed for a line is not asked again
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and the shop promises to ship within 9 working days
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
when the supplier answers line 1 of purchase order 1: rejected
then north was left out by the filter failed_here
and purchase order 2 is sent to south

story: When the only supplier rejects, the missing stock is a case
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
when the supplier answers line 1 of purchase order 1: rejected
then an exception supplier_stock is open for the purchasing desk, due in 4h
and no exception no_route is open
when from now on supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
then the exception supplier_stock is resolved
and purchase order 2 is sent to south

story: A large basket is routed by the stated heuristic
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "s2" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and supplier "s3" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and supplier "s4" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and supplier "s5" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and supplier "s6" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and supplier "s7" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and supplier "s8" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and supplier "s9" ships MUG direct at 5.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then event RoutingDecided heuristic=true
and purchase order 1 is drafted for north

story: Of two equal suppliers the one whose stock was stated lately is asked
given a shop "store" that asks for captured payment
and stock stated more than 24h ago is not trusted
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "north" stated its stock 20h ago
and supplier "south" stated its stock 1h ago
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then purchase order 1 is drafted for south
