# How an order arrives, twice, late, or not at all.

story: A paid order is bought at once
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then event OrderImported channel=store store_number=#1001
and event PaymentRecorded state=paid
and gate payment is open
and the order runs under procedure standard
and purchase order 1 is sent to north
and the stage is confirming
and no exception is open

story: The same order delivered twice is one order
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the same arrives again
then in all 1 effects PlacePurchaseOrder
and there is 1 purchase order

story: An older version of the order changes nothing
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and 1h passes
and the shop reports #1001 again with payment paid
when the shop reports #1001 again with 1 x MUG left, as of 2h ago
then nothing happens
and line 1 wants 2 pieces

story: The payment may be known before the risk assessment
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid
then gate payment is open
and gate fraud is pending
and nothing is sent to suppliers
when the shop reports #1001 again with risk low
then gate fraud is open
and purchase order 1 is sent to north

story: An order that was deleted before we saw it never becomes ours
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low, deleted
then nothing happens

story: A fetched order that is another one is refused
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the shop reports another order 4711
then it is refused: the fetched order is another one

story: Nothing can be said of an order that never came
given a shop "store" that asks for captured payment
when the operations desk notes: who is this
then it is refused: the order was not imported yet

story: Gift cards and tips are paid for but never bought
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 1 x GIFT-CARD at 50.00 EUR that ships nothing, 1 x MUG at 12.50 EUR to DE 10115, paid, risk low
then there is 1 purchase order
and line 1 wants 0 pieces
and line 2 has 1 pieces on order

story: An order of gift cards alone needs no supplier and no address
given a shop "store" that asks for captured payment
when order #1001 comes in: 1 x GIFT-CARD at 50.00 EUR that ships nothing, paid, risk low, address missing street
then nothing is sent to suppliers
and no exception is open
and the order is over

story: A free order is as good as a paid one
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 0.00 EUR with 20 in stock, on auto
when order #1001 comes in: 1 x MUG at 0.00 EUR to DE 10115, total 0.00 EUR, payment pending, risk low
then gate payment is open
and gate payment says nothing to pay
and purchase order 1 is sent to north

story: A shop that names no supplier service for its shipping is asked about it
given a shop "store" that asks for captured payment
and the shop only knows the service Standard
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low, service Drone
then gate service is failed
and an exception route_restriction is open for the operations desk, due in 8h
and nothing is sent to suppliers
when the shop reports #1001 again with service Standard
then event ServiceChanged service=Standard
and purchase order 1 is sent to north

story: Instructions that change are recorded
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the shop reports #1001 again with instructions ring twice
then event ServiceChanged instructions="ring twice"
