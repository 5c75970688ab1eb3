# One cause behind many cases is one incident: it lists the orders and is decided once.

story: Equal causes become one incident that lists its orders
given 3 cases of one cause make an incident
when order #1001 has a case supplier_silent of the cause supplier:north
and order #1002 has a case supplier_silent of the cause supplier:north
then no exception is open
when order #1003 has a case supplier_silent of the cause supplier:north
then an exception supplier_silent about "incident supplier:north" is open
and an exception supplier_silent says 3 orders: #1001, #1002, #1003
when order #1004 has a case supplier_silent of the cause supplier:north
then 1 exceptions are open
and an exception supplier_silent says 4 orders

story: Of each purchase of unknown outcome it is found out by itself whether it arrived
given 2 cases of one cause make an incident
when order #1001 has a case unknown_outcome of the cause supplier:north
and order #1002 has a case unknown_outcome of the cause supplier:north
then no exception is open
and never an event ExceptionOpened

story: An incident is decided once
given 2 cases of one cause make an incident
when order #1001 has a case supplier_payment of the cause supplier:north
and order #1002 has a case supplier_payment of the cause supplier:north
and the payments desk decides supplier_payment with confirm: topped up this morning
then event ExceptionResolved verb=confirm actor="the payments desk"
and no exception is open

story: An incident closes by itself when none of its orders is left
given 2 cases of one cause make an incident
when order #1001 has a case supplier_payment of the cause supplier:north
and order #1002 has a case supplier_payment of the cause supplier:north
and order #1001 no longer has its case supplier_payment of the cause supplier:north
then an exception supplier_payment says 1 orders: #1002
when order #1002 no longer has its case supplier_payment of the cause supplier:north
then the exception supplier_payment is resolved

story: A balance that is too low is the same cause for every order of the supplier
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when our balance is too low for purchase order 1
then event ExceptionOpened reason=supplier_payment cause=supplier:north
when the case supplier_payment is decided together with the incident supplier:north
then event ExceptionJoined
and no timer exception_review is set
and the order is held
when the case supplier_payment is decided by itself again
then event ExceptionJoined incident=""
and an exception supplier_payment is open
when the case supplier_payment is decided together with the incident supplier:north
and purchase order 1 is paid
then the exception supplier_payment is resolved

story: A supplier that cannot be reached leaves its orders with one cause
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
when the supplier refuses purchase order 1: given up after 12 tries
then event ExceptionOpened reason=supplier_stock cause=supplier:north
