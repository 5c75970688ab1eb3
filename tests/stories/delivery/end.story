# How an order ends well, and what happens when it is late.

story: An order from payment to the door without a person's touch
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered as N-77
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned carrier_accepted with physical proof
and the store accepts parcel 1 as fulfillment 77
and 2d passes
when LX1 is scanned delivered with physical proof, in DE 101
then event StoreTrackingTold status=delivered
and effect TellChannelTracking parcel=1 status=delivered number_changed=false
and the buyer gets the message delivered about parcel 1
and the stage is delivered
and the order is over
and no exception is open
and no timer transit_stall is set
and no timer deliver_by is set

story: A parcel later than promised is a case and the buyer hears of it
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the shop promises to ship within 3 working days
and the shop's parcels take 12 days
and the shop calls a parcel stalled after 60d
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned carrier_accepted with physical proof
then the promise ship_by is 2026-11-05T18:00:00Z
and the promise deliver_by is 2026-11-17T18:00:00Z
when 16d passes
then an exception tracking_delay about "late parcel 1" is open
and the buyer gets the message delay_detected about parcel 1

story: The next thing promised is first to ship, then to deliver
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the shop promises to ship within 3 working days
and the shop's parcels take 12 days
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
then the next promise is due at 2026-11-05T18:00:00Z
when LX1 is scanned carrier_accepted with physical proof
then the next promise is due at 2026-11-17T18:00:00Z
and the list shows "tracking":["LX1"]

story: Nothing proven a day before the ship-by date is a case
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the shop promises to ship within 3 working days
and the shop follows the promise rule marketplace
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
when 57h passes
then an exception ship_by_risk is open for the operations desk
and no event BuyerAsked
when the supplier announces LX1 by post for purchase order 1
and LX1 is scanned carrier_accepted with physical proof
then the exception ship_by_risk is resolved

story: What left in time raises no ship-by alarm
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the shop promises to ship within 3 working days
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned carrier_accepted with physical proof
then no timer ship_by is set
when 3d passes
then no exception ship_by_risk is open

story: By the mail-order rule the buyer chooses before the date and silence means a refund
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the shop promises to ship within 3 working days
and the shop follows the promise rule us_mail_order
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
when 57h passes
then event BuyerAsked question=delay_consent default_answer=cancel_and_refund due_at=2026-11-05T18:00:00Z
and the buyer gets the message decision_needed
and an exception ship_by_risk is open
when 24h passes
then event BuyerAnswered answer=cancel_and_refund by_default=true
and an exception customer_decision is open for the customer desk

story: A question to the buyer lapses when a carrier has everything before the answer is due
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the shop promises to ship within 3 working days
and the shop follows the promise rule us_mail_order
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and 57h passes
then event BuyerAsked question=delay_consent
when the supplier announces LX1 by post for purchase order 1
and LX1 is scanned carrier_accepted with physical proof
then event BuyerAnswered answer=lapsed by_default=true
and no timer buyer_decision is set
when 24h passes
then no exception customer_decision is open
when the buyer answers delay_consent with wait
then it is refused: answered with lapsed

story: A buyer who agrees to wait is not refunded by default
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the shop promises to ship within 3 working days
and the shop follows the promise rule us_mail_order
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and 57h passes
when the buyer answers delay_consent with wait
then event BuyerAnswered answer=wait by_default=false
and no timer buyer_decision is set
when the same arrives again
then nothing happens
when 24h passes
then no exception customer_decision is open

story: A buyer who cancels instead of waiting takes out what has not left and is owed the money
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the shop promises to ship within 3 working days
and the shop follows the promise rule us_mail_order
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and 57h passes
when the buyer answers delay_consent with cancel_and_refund
then event BuyerAnswered answer=cancel_and_refund by_default=false
and event LineReduced line=1 by=2 cause=decision
and the supplier is asked to cancel 2 of line 1 of purchase order 1
and no timer buyer_decision is set
and an exception customer_decision is open for the customer desk
and an exception customer_decision offers refund
and an exception customer_decision says pieces taken out: 2
when the buyer answers delay_consent with wait
then it is refused: answered with cancel_and_refund

story: Cancelling instead of waiting leaves a parcel that is on its way alone
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the shop promises to ship within 3 working days
and the shop follows the promise rule us_mail_order
and holdfast speaks at order_changed
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for 1 of line 1 of purchase order 1
and LX1 is scanned carrier_accepted with physical proof
and 57h passes
when the buyer answers delay_consent with cancel_and_refund
then event LineReduced line=1 by=1 cause=decision
and line 1 wants 1 pieces
and the buyer gets the message order_changed

story: A buyer who wants something else gets a person
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the shop promises to ship within 3 working days
and the shop follows the promise rule us_mail_order
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and 57h passes
when the buyer answers delay_consent with change
then event BuyerAnswered answer=change
and no event LineReduced
and an exception customer_decision is open for the customer desk
and an exception customer_decision says wants something changed

story: An answer that no buyer can give is refused
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the shop promises to ship within 3 working days
and the shop follows the promise rule us_mail_order
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and 57h passes
when the buyer answers delay_consent with perhaps
then it is refused: no such answer

story: An answer to a question nobody asked is refused
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and the buyer answers delay_consent with wait
then it is refused: no such question

story: Every late parcel is told of, not only the first
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the shop promises to ship within 3 working days
and the shop calls a parcel stalled after 60d
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for 1 of line 1 of purchase order 1
and the supplier announces LX2 by post for 1 of line 1 of purchase order 1
and LX1 is scanned carrier_accepted with physical proof
and LX2 is scanned carrier_accepted with physical proof
when 30d passes
then an exception tracking_delay about "late parcel 1" is open
and an exception tracking_delay about "late parcel 2" is open
and the buyer gets the message delay_detected about parcel 2

story: A ship-by case that was closed too early comes back when the delivery date has passed
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the shop promises to ship within 3 working days
and the shop's parcels take 12 days
and the shop follows the promise rule marketplace
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and 57h passes
then an exception ship_by_risk is open
when the operations desk decides ship_by_risk with contact: it comes tomorrow
then the exception ship_by_risk is resolved
when 16d passes
then an exception ship_by_risk is open
when the operations desk decides ship_by_risk with contact: it really comes tomorrow
then the exception ship_by_risk is resolved
when 25h passes
then an exception ship_by_risk is open
