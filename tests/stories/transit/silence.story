# A push of the tracking provider may be lost: what stays silent is asked about by its number.

story: A parcel of which nothing is heard is asked about at the tracker, again and again
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the tracker is asked about a silent parcel after 24h
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when 24h passes
then effect AskAboutTracking parcel=1 tracking=LX1
when 24h passes
then effect AskAboutTracking parcel=1 tracking=LX1

story: News puts the question off
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the tracker is asked about a silent parcel after 24h
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when 20h passes
and LX1 is scanned carrier_accepted with physical proof
when 20h passes
then no effect AskAboutTracking
when 4h passes
then effect AskAboutTracking parcel=1 tracking=LX1

story: A delivered parcel is not asked about any more
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the tracker is asked about a silent parcel after 24h
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned delivered with physical proof, in DE 101
then no timer tracking_ask is set
when 2d pass
then in all 0 effects AskAboutTracking

story: A question about a number that was replaced is withdrawn
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the tracker is asked about a silent parcel after 24h
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when 24h passes
and NX5 is scanned local_handoff with physical proof, in DE, instead of LX1
then the waiting AskAboutTracking is withdrawn: the number was replaced
