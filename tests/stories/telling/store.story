# What the store is told, and what it says to that.

story: The store accepts and its number is kept
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned carrier_accepted with physical proof
when the store accepts parcel 1 as fulfillment 77
then event StoreRecorded parcel=1 fulfillment=77
when the same arrives again
then nothing happens

story: The store refuses, a person repairs it and it is told again
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned carrier_accepted with physical proof
when the store refuses parcel 1: fulfillment order is on hold
then event StoreRefusedFulfillment detail="fulfillment order is on hold"
and an exception store_refused is open for the systems desk, due in 2h
when the systems desk decides store_refused with retry: the hold is gone
then the store is told that parcel 1 left
when the store accepts parcel 1 as fulfillment 77
then no exception store_refused is open

story: A refusal that turns out well closes its case
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned carrier_accepted with physical proof
and the store refuses parcel 1: please try later
when the store accepts parcel 1 as fulfillment 77
then the exception store_refused is resolved

story: Our own fulfillment may come back as a webhook before its answer
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned carrier_accepted with physical proof
when the shop reports #1001 again with 2 x MUG fulfilled with number LX1 as 77
then event StoreRecorded parcel=1 fulfillment=77
and no event FulfilledElsewhere
and no exception is open
when the store accepts parcel 1 as fulfillment 77
then nothing happens

story: News of a parcel reach the store once each and only with proof
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned carrier_accepted with physical proof
and the store accepts parcel 1 as fulfillment 77
when LX1 is scanned out_for_delivery with physical proof, in DE 101
then effect TellChannelTracking status=out_for_delivery
when LX1 is scanned out_for_delivery with physical proof, in DE 101
then no effect TellChannelTracking
when LX1 is scanned delivered with electronic proof, in DE 101
then no effect TellChannelTracking

story: A shut gate puts our one hold on the shop's part and lifts it again
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk high, divided into open part F1
then event StoreHoldAsked part=F1 place=true
and effect HoldAtChannel part=F1
when the store places our hold H9 on part F1
then event StoreHoldChanged part=F1 hold=H9 placed=true
when the shop owner overrides gate fraud: the buyer was called back
then effect ReleaseAtChannel part=F1 hold=H9
and the waiting ReleaseAtChannel is still wanted
when the store releases our hold H9 on part F1
then event StoreHoldChanged placed=false
and the waiting ReleaseAtChannel is withdrawn: we hold nothing there

story: Our own hold in a report is no foreign hold
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk high, divided into open part F1
and the shop reports #1001 again with held by our H9 on part F1
then event StoreHoldChanged part=F1 hold=H9 placed=true
and gate channel_hold is open

story: A hold that is not needed any more when its turn comes is withdrawn
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk high, divided into open part F1
then the waiting HoldAtChannel is still wanted
when the shop owner overrides gate fraud: the buyer was called back
then the waiting HoldAtChannel is withdrawn: not needed any more

story: A fulfillment the store already has is not sent again
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned carrier_accepted with physical proof
then the waiting FulfillAtChannel is still wanted
when the shop reports #1001 again with 2 x MUG fulfilled with number LX1 as 77
then the waiting FulfillAtChannel is withdrawn: the store already has this fulfillment

story: Telling the store again claims no more than the evidence shows
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the shop is told on collected proof
and gate carrier_scan takes verified evidence
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned carrier_accepted with collected proof
and the store refuses parcel 1: please try later
when the systems desk decides store_refused with retry: it is later
then event StoreTold parcel=1 proof=collected
