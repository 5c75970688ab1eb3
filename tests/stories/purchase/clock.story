# Timers over the days on which calendars trip: due at the wall clock's hour, not early, late or twice.

story: A supplier's working hours keep the wall clock when summer time begins
given a shop "store" that asks for captured payment
and the time is 2027-03-26T15:00:00Z
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "north" works from 9 to 18 o'clock in Europe/Berlin
and the shop promises to ship within 9 working days
and stock stated more than 9d ago is not trusted
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
then timer ack_reminder about PO-1 is set for 2027-03-29T11:00:00Z
when 67h passes
then no event LadderStepTaken
when 1h passes
then event LadderStepTaken step=remind
when timer ack_reminder about PO-1 fires once more
then nothing happens

story: A supplier's working hours keep the wall clock when summer time ends
given a shop "store" that asks for captured payment
and the time is 2027-10-29T14:00:00Z
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "north" works from 9 to 18 o'clock in Europe/Berlin
and the shop promises to ship within 9 working days
and stock stated more than 9d ago is not trusted
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
then timer ack_reminder about PO-1 is set for 2027-11-01T12:00:00Z
when 69h passes
then no event LadderStepTaken
when 1h passes
then event LadderStepTaken step=remind
when timer ack_reminder about PO-1 fires once more
then nothing happens

story: The 29th of February is a working day
given a shop "store" that asks for captured payment
and the time is 2028-02-28T15:00:00Z
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
then timer ack_reminder about PO-1 is set for 2028-02-29T12:00:00Z
and the promise ship_by is 2028-03-02T18:00:00Z
when 20h passes
then no event LadderStepTaken
when 1h passes
then event LadderStepTaken step=remind

story: Working days go on over the end of the year
given a shop "store" that asks for captured payment
and the time is 2026-12-31T15:00:00Z
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
then timer ack_reminder about PO-1 is set for 2027-01-01T12:00:00Z
and the promise ship_by is 2027-01-05T18:00:00Z
when 20h passes
then no event LadderStepTaken
when 1h passes
then event LadderStepTaken step=remind
