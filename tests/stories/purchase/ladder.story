# What happens when a supplier stays silent, in its own working hours.

story: A silent supplier is reminded, then called, then given up
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and the shop promises to ship within 9 working days
and stock stated more than 9d ago is not trusted
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
then timer ack_reminder about PO-1 is set for 2026-11-02T15:00:00Z
when 6h passes
then event LadderStepTaken step=remind
and effect RemindSupplier po=PO-1 step=remind
and no exception is open
when 21h passes
then event LadderStepTaken step=contact
and effect RemindSupplier step=contact
and an exception supplier_silent is open for the purchasing desk
when 6h passes
then event LadderStepTaken step=reroute
and effect CancelSupply po=PO-1
and no effect PlacePurchaseOrder
when the supplier agrees to cancel purchase order 1
then purchase order 2 is sent to south

story: The buyer is told when the silence goes on
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the shop promises to ship within 9 working days
and stock stated more than 9d ago is not trusted
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
when 3d passes
then event LadderStepTaken step=tell_buyer
and the buyer gets the message delay_detected

story: An answer ends the ladder
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
then no timer ack_reminder is set
when 6h passes
then no event LadderStepTaken

story: A late answer closes the case of the silent supplier
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the shop promises to ship within 9 working days
and stock stated more than 9d ago is not trusted
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and 28h passes
then an exception supplier_silent is open
when the supplier confirms purchase order 1
then the exception supplier_silent is resolved

story: The ladder keeps the supplier's own hours
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "north" works from 9 to 18 o'clock in Asia/Shanghai
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
then timer ack_reminder about PO-1 is set for 2026-11-03T06:00:00Z

story: A purchase a person approved is not taken away by the ladder
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on propose
and the shop promises to ship within 9 working days
and stock stated more than 9d ago is not trusted
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the operations desk releases purchase order 1
and purchase order 1 is delivered
when 3d passes
then no event LadderStepTaken step=reroute
and an exception supplier_silent offers reroute
when the purchasing desk decides supplier_silent with reroute: they do not answer
then effect CancelSupply po=PO-1

story: A reminder that comes due after the answer is withdrawn
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and 6h passes
and the supplier confirms purchase order 1
then the waiting RemindSupplier is withdrawn: the supplier answered

story: A timer that fires twice acts once
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and 6h passes
when timer ack_reminder about PO-1 fires once more
then nothing happens
