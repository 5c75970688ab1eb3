# Purchases may leave at once, or together shortly before the supplier's cut-off.

story: A purchase waits for the batch before the supplier's cut-off
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and purchases of the tier 48_hour leave 30m before the cut-off
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then purchase order 1 is drafted for north
and timer purchase_batch about PO-1 is set for 2026-11-02T15:30:00Z
and nothing is sent to suppliers
when 6h pass
then nothing is sent to suppliers
when 30m pass
then purchase order 1 is sent to north
and no timer purchase_batch is set

story: What comes after the cut-off leaves with the next working day's batch
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and purchases of the tier 48_hour leave 30m before the cut-off
and supplier "north" is closed on 2026-11-03
and the time is 2026-11-02T16:05:00Z
and supplier "north" stated its stock 1h ago
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then timer purchase_batch about PO-1 is set for 2026-11-04T15:30:00Z

story: What comes between the batch and the cut-off leaves at once
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and purchases of the tier 48_hour leave 30m before the cut-off
and the time is 2026-11-02T15:40:00Z
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then purchase order 1 is sent to north

story: A person need not wait for the batch
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and purchases of the tier 48_hour leave 30m before the cut-off
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the operations desk releases purchase order 1
then purchase order 1 is sent to north
and no timer purchase_batch is set

story: An order cancelled before its batch is never bought
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and purchases of the tier 48_hour leave 30m before the cut-off
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the shop reports #1001 again with cancelled by the buyer
and 1d passes
then nothing is sent to suppliers
