# Goods whose time has not come.

story: A pre-order is bought when its time comes and promised from there
given a shop "store" that asks for captured payment
and supplier "north" ships TENT direct at 40.00 EUR with 20 in stock, on auto
when order #1001 comes in: 1 x TENT at 80.00 EUR not before 2026-11-20T09:00:00Z, to DE 10115, paid, risk low
then nothing is sent to suppliers
and no exception is open
and event PromiseMade promise=ship_by source="the channel's fulfil-at date + 3 working days, Monday to Friday until a supplier is chosen"
and timer fulfill_at about fulfill_at is set for 2026-11-20T09:00:00Z
when from now on stock stated more than 60d ago is not trusted
and 18d passes
then purchase order 1 is sent to north

story: What can ship now does not wait for the pre-ordered line
given a shop "store" that asks for captured payment
and an order may be split
and supplier "north" ships TENT direct at 40.00 EUR with 20 in stock, on auto
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 1 x TENT at 80.00 EUR not before 2026-11-20T09:00:00Z, 1 x MUG at 12.50 EUR to DE 10115, paid, risk low
then purchase order 1 is sent to north
and line 1 has 0 pieces on order
and line 2 has 1 pieces on order

story: A pre-order that the shop names only when it has divided the order
given a shop "store" that asks for captured payment
and supplier "north" ships TENT direct at 40.00 EUR with 20 in stock, on auto
when order #1001 comes in: 1 x TENT at 80.00 EUR to DE 10115, paid
and the shop reports #1001 again with risk low, part F1 scheduled for 2026-11-20T09:00:00Z
then nothing is sent to suppliers
and no exception is open
and timer fulfill_at about fulfill_at is set for 2026-11-20T09:00:00Z
when from now on stock stated more than 60d ago is not trusted
and 18d passes
then purchase order 1 is sent to north

story: A pre-order that the shop lets go early is bought then
given a shop "store" that asks for captured payment
and supplier "north" ships TENT direct at 40.00 EUR with 20 in stock, on auto
when order #1001 comes in: 1 x TENT at 80.00 EUR to DE 10115, paid, risk low, part F1 scheduled for 2026-11-20T09:00:00Z
then nothing is sent to suppliers
when the shop reports #1001 again with part F1 let go early
then purchase order 1 is sent to north

story: Each pre-ordered line is bought when its own time comes
given a shop "store" that asks for captured payment
and an order may be split
and supplier "north" ships TENT direct at 40.00 EUR with 20 in stock, on auto
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 1 x TENT at 80.00 EUR not before 2026-11-20T09:00:00Z, 1 x MUG at 12.50 EUR not before 2026-11-10T09:00:00Z, to DE 10115, paid, risk low
then timer fulfill_at about fulfill_at is set for 2026-11-10T09:00:00Z
when from now on stock stated more than 60d ago is not trusted
and 9d passes
then line 2 has 1 pieces on order
and line 1 has 0 pieces on order
and timer fulfill_at about fulfill_at is set for 2026-11-20T09:00:00Z
