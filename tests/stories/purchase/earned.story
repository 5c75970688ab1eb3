# Automation is earned by agreed proposals, given by a named person, and bounded by rules.

story: Proposals that were agreed to in a row are offered as auto
given auto is offered after 5 agreed proposals
when 4 proposals of supplier:north in a row were agreed to
then no exception is open
when 5 proposals of supplier:north in a row were agreed to
then an exception automation_offer is open for the shop owner, due in 7d
and an exception automation_offer says 5 proposals in a row were agreed to
and never an event AutomationModeSet
when the same arrives again
then nothing happens

story: A named person accepts the offer and from then on the supplier acts by itself
given auto is offered after 5 agreed proposals
when 5 proposals of supplier:north in a row were agreed to
and the shop owner decides automation_offer with approve: five good weeks
then event AutomationModeSet subject=supplier:north mode=auto actor="the shop owner"
and no exception is open

story: Nobody's name gives no automation
given auto is offered after 5 agreed proposals
when 5 proposals of supplier:north in a row were agreed to
and nobody decides automation_offer with approve: by itself
then it is refused: a decision needs a named person

story: An offer that is turned down leaves the key where it is
given auto is offered after 5 agreed proposals
when 5 proposals of mapping:MUG@north in a row were agreed to
and the shop owner decides automation_offer with reject: not before the season
then event AutomationModeSet subject=mapping:MUG@north mode=propose

story: A proposal that is refused takes a standing offer back
given auto is offered after 5 agreed proposals
when 5 proposals of supplier:north in a row were agreed to
and 0 proposals of supplier:north in a row were agreed to
then the exception automation_offer is resolved
and never an event AutomationModeSet

story: A supplier that was let act by itself is bought from without a key
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on propose
and a named person let supplier:north act by itself
and a named person let mapping:MUG@north act by itself
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then purchase order 1 is sent to north
and no exception is open

story: A supplier's own permission does not cover a new mapping
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on propose
and a named person let supplier:north act by itself
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then purchase order 1 waits on propose
when the operations desk releases purchase order 1
then event AutomationNoted rule=mapping:MUG@north agreed=true
and no event AutomationNoted rule=supplier:north

story: A supplier in watch is not let act by what was learned in propose
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on watch
and a named person let mapping:MUG@north act by itself
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then purchase order 1 waits on watch

story: The rule that buys may itself only propose
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the rule purchase is on propose
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then purchase order 1 waits on propose
and nothing is sent to suppliers
when the operations desk releases purchase order 1
then event AutomationNoted rule=rule:purchase agreed=true
and purchase order 1 is sent to north

story: The rule that re-routes silent suppliers only notes what it would do
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and the rule reroute is on watch
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when 3d pass
then event AutomationNoted rule=rule:reroute mode=watch
and no event LadderStepTaken step=reroute
and an exception supplier_silent is open

story: A person agrees to what the re-routing rule proposed
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and supplier "south" ships MUG direct at 5.00 EUR with 20 in stock, on auto
and the rule reroute is on propose
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when 3d pass
when the purchasing desk decides supplier_silent with reroute: south is faster
then event AutomationNoted rule=rule:reroute agreed=true
and the supplier is asked to cancel 2 of line 1 of purchase order 1

story: A person would rather wait than follow the re-routing rule
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the rule reroute is on propose
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when 3d pass
when the purchasing desk decides supplier_silent with wait: they are on holiday
then event AutomationNoted rule=rule:reroute agreed=false

story: A limit stops purchases under one cause that all of them share
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the limit of supplier "north" has tripped
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
then event ExceptionOpened reason=limit_reached cause=limit:north
when the case limit_reached is decided together with the incident limit:north
then event ExceptionJoined number=1 incident="incident limit:north"
when from now on no limit has tripped
and 20m pass
then purchase order 1 is sent to north
and the exception limit_reached is resolved

story: A named person lets a purchase leave although the limit is reached
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and the limit of the whole workspace has tripped
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the shop owner decides limit_reached with approve: a planned campaign
then purchase order 1 is sent to north
and event PurchaseOrderReleased actor="the shop owner"

story: A key does not open a gate
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on propose
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the shop reports #1001 again with risk high
and the operations desk releases purchase order 1
then it is refused: a gate before buying is shut
when the shop owner overrides gate fraud: a known customer
and the operations desk releases purchase order 1
then purchase order 1 is sent to north
