# The channel's fraud assessment.

story: A high risk holds the order until a person lets it pass
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk high
then gate fraud is failed
and an exception fraud_hold is open for the payments desk, due in 4h
and the order is held
and nothing is sent to suppliers
when the shop owner overrides gate fraud: the buyer was called back
then gate fraud is overridden
and purchase order 1 is sent to north

story: A missing assessment is normal at first and unclear after the channel's time
given a shop "store" that asks for captured payment
and the shop waits 30m for a fraud assessment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid
then gate fraud is pending
and no exception is open
when 30m passes
then gate fraud is unclear
and an exception fraud_hold is open for the payments desk
and nothing is sent to suppliers

story: An assessment that turns bad stops what was not bought yet
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, payment pending, risk low
when the shop reports #1001 again with paid, risk high
then event RiskRecorded level=high
and gate fraud is failed
and nothing is sent to suppliers
