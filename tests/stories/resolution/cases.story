# Cases have an owner, a deadline and an end that is written down.

story: A case without a decision goes to the backup
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low, address missing phone
then an exception address_hold is open for the customer desk, due in 4h
when 4h passes
then event ExceptionEscalated owner="operations desk"
and an exception address_hold is open for the operations desk, due in 4h
when 4h passes
then an exception address_hold is open for the operations desk, due in 8h
when 8h passes
then an exception address_hold is open for the operations desk, due in 16h
when 16h passes
then an exception address_hold is open for the operations desk, due in 24h
when 24h passes
then an exception address_hold is open for the operations desk, due in 24h

story: Outside the first owner's hours the case goes to whoever covers them
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and nobody is on the roster
and the customer_service day-desk covers 6 to 14 o'clock with backup late-desk
and the customer_service late-desk covers 14 to 22 o'clock with backup day-desk
and the time is 2026-11-02T15:00:00Z
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low, address missing phone
then an exception address_hold is open for late-desk

story: Even without any roster a case has an owner
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and nobody is on the roster
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low, address missing phone
then an exception address_hold is open for customer_service

story: A case is given to somebody else
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low, address missing phone
and the customer desk gives address_hold to the night desk
then event ExceptionAssigned owner="the night desk"

story: A case cannot be given to nobody
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low, address missing phone
and the customer desk gives address_hold to nobody
then it is refused: a case needs an owner

story: A review put off with a reason comes back later
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low, address missing phone
and the customer desk puts address_hold off for 1d: the buyer answers tomorrow
then event ExceptionSnoozed
and an exception address_hold is open for the customer desk, due in 1d
when 4h passes
then no event ExceptionEscalated

story: A review cannot be put off into the past
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low, address missing phone
and the customer desk puts address_hold off into the past: a slip
then it is refused: a review lies in the future

story: A decision names its root cause and whether the rule should change
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned lost with physical proof
when the customer desk decides parcel_lost with refund: the carrier pays; root cause carrier_handling, the rule should change
then event ExceptionResolved verb=refund root_cause=carrier_handling rule_change=true
and the exception parcel_lost is resolved

story: A decision without a name is refused
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low, address missing phone
and nobody decides address_hold with contact: wrote to the buyer
then it is refused: named person

story: A case offers its own ways out and no others
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low, address missing phone
and the customer desk decides address_hold with explode: why not
then it is refused: this case does not offer

story: A decided case cannot be decided again
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned lost with physical proof
and the customer desk decides parcel_lost with refund: the carrier pays
and the customer desk decides the closed parcel_lost with replace: or rather so
then it is refused: the case was already decided

story: A gate that is still shut opens its case again
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low, address missing phone
and the customer desk decides address_hold with contact: wrote to the buyer
then an exception address_hold is open for the customer desk
and in all 2 events ExceptionOpened

story: A case may override the gate it is about
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low, address missing phone
when the customer desk decides address_hold with override: the carrier needs no number
then event GateOverridden gate=address
and purchase order 1 is sent to north

story: A case may cancel what is left of the order
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low, address missing phone
when the customer desk decides address_hold with cancel: the buyer gave up
then line 1 wants 0 pieces
and no exception address_hold is open
and an exception customer_decision is open for the customer desk
when the shop reports #1001 again with cancelled by the buyer
then no exception is open
and the order is over

story: An exception raised by a person has an owner too
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the quality desk raises specification_mismatch about "PO-1": the listing shows another handle
then an exception specification_mismatch is open for the quality desk
when the same arrives again
then nothing happens

story: An exception without a word is refused
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the quality desk raises specification_mismatch without a word
then it is refused: say what happened

story: A remark stays with the order
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the customer desk notes: the buyer called
then event NoteAdded actor="the customer desk" text="the buyer called"

story: Words that come after an erasure say nothing new
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, payment pending, risk low, instructions ring twice
and the buyer's data must be erased: asked by the buyer
when the shop reports #1001 again with instructions ask for Hansen
then nothing happens

story: An erased order buys nothing more and writes to nobody
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and holdfast speaks at order_confirmed
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, payment pending, risk low
and the buyer's data must be erased: asked by the buyer
then event PersonalDataErased reason="asked by the buyer"
and the waiting SendBuyerMessage is withdrawn: the buyer's data was erased
when the shop reports #1001 again with paid
then nothing is sent to suppliers
when the buyer's data must be erased: asked by the buyer
then nothing happens

story: A note without a name is refused
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and nobody notes: the buyer called
then it is refused: a decision needs a named person
when the clerk notes: the buyer called
then event NoteAdded actor="the clerk" text="the buyer called"
