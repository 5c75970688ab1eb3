# When an order counts as paid, by the channel's own rule.

story: Under the captured rule an authorization is not money
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, authorized for 5d, risk low
then gate payment is pending
and the stage is awaiting_payment
and nothing is sent to suppliers

story: Under the authorized rule an authorization is enough
given a shop "store" that asks for authorized payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, authorized for 5d, risk low
then gate payment is open
and purchase order 1 is sent to north

story: An authorization is watched two days before it lapses
given a shop "store" that asks for authorized payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, authorized for 5d, risk low
then timer authorization_lapse about authorization is set for 2026-11-05T09:00:00Z
when 3d passes
then an exception payment_hold is open for the payments desk, due in 4h
and an exception payment_hold offers capture
when the shop reports #1001 again with paid
then no timer authorization_lapse is set

story: A lapsed authorization shuts the gate
given a shop "store" that asks for authorized payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, authorized for 1h
and 2h passes
and the shop reports #1001 again with risk low
then gate payment is failed
and gate payment says lapsed
and nothing is sent to suppliers

story: Under terms the buyer pays later
given a shop "store" that asks for terms payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, payment pending, risk low
then gate payment is open
and purchase order 1 is sent to north

story: Cash on delivery is paid at the door
given a shop "store" that asks for cash_on_delivery payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, payment pending, risk low
then gate payment is open
and gate payment says cash_on_delivery

story: A marketplace collects for the merchant
given a shop "store" that asks for marketplace_collects payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, payment unknown, risk low
then gate payment is open
and purchase order 1 is sent to north

story: A voided payment fails and a person may let it pass by name
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, payment voided, risk low
then gate payment is failed
and an exception payment_hold is open for the payments desk, due in 4h
and nothing is sent to suppliers
when the shop owner overrides gate payment: paid by bank transfer
then event GateOverridden gate=payment actor="the shop owner" reason="paid by bank transfer"
and gate payment is overridden
and the exception payment_hold is resolved
and purchase order 1 is sent to north

story: A payment that stays pending for days becomes unclear
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, payment pending, risk low
then no exception is open
when 3d passes
then gate payment is unclear
and an exception payment_hold is open

story: An override without a reason is refused
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, payment voided, risk low
and nobody overrides gate payment: it is fine
then it is refused: named person
and gate payment is failed

story: A gate the order does not have cannot be overridden
given a shop "store" that asks for captured payment
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, payment voided, risk low
and the shop owner overrides gate weather: it will be fine
then it is refused: no such gate
