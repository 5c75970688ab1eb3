# Goods that pass our bench, and the supplier's word where they do not.

story: Goods at our bench are received, inspected and packed before they may leave
given a shop "store" that asks for captured payment
and supplier "north" ships MUG hub at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and LX1 is scanned carrier_accepted with physical proof
then gate receiving of purchase order 1 is pending
and the store is not told that anything left
when the quality desk passes receiving of purchase order 1
and the quality desk passes inspection of purchase order 1
and the quality desk passes packing of purchase order 1
and the quality desk scans order #1001 with label LX1 on parcel 1
then gate receiving of purchase order 1 is open
and gate inspection of purchase order 1 is open
and gate packing of purchase order 1 is open
and gate label_match of parcel 1 is open
and the store is told that parcel 1 left

story: Goods that were never received do not leave on paper
given a shop "store" that asks for captured payment
and supplier "north" ships MUG hub at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and the quality desk passes inspection of purchase order 1
and the quality desk passes packing of purchase order 1
and the quality desk scans order #1001 with label LX1 on parcel 1
and LX1 is scanned carrier_accepted with physical proof
then gate receiving of purchase order 1 is pending
and the store is not told that anything left
when the operations desk overrides gate receiving of purchase order 1: counted at the door
then gate receiving of purchase order 1 is overridden
and the store is told that parcel 1 left

story: The wrong goods on receipt are a case
given a shop "store" that asks for captured payment
and supplier "north" ships MUG hub at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when the quality desk fails receiving of purchase order 1: twelve spoons
then event CheckRecorded check=receiving verdict=fail strength=verified
and gate receiving of purchase order 1 is failed
and an exception specification_mismatch is open for the quality desk, due in 4h

story: A failed inspection stops the parcel
given a shop "store" that asks for captured payment
and supplier "north" ships MUG hub at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and the quality desk passes receiving of purchase order 1
and the quality desk fails inspection of purchase order 1: a crack in the glaze
and the quality desk passes packing of purchase order 1
and the quality desk scans order #1001 with label LX1 on parcel 1
and LX1 is scanned carrier_accepted with physical proof
then gate inspection of purchase order 1 is failed
and gate inspection of purchase order 1 says inspection failed: Accessories complete
and an exception product_check_failed is open for the quality desk
and the store is not told that anything left
when the operations desk overrides gate inspection of purchase order 1: the buyer takes it as it is
then gate inspection of purchase order 1 is overridden
and the exception product_check_failed is resolved
and the store is told that parcel 1 left

story: What nobody can judge stops like a failure
given a shop "store" that asks for captured payment
and supplier "north" ships MUG hub at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when the quality desk cannot judge inspection of purchase order 1: the light is bad
then event CheckRecorded verdict=unclear
and gate inspection of purchase order 1 is unclear
and an exception product_check_failed is open
when the quality desk passes inspection of purchase order 1
then gate inspection of purchase order 1 is open
and the exception product_check_failed is resolved

story: A check that leaves items of its list out is refused
given a shop "store" that asks for captured payment
and supplier "north" ships MUG hub at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the quality desk records inspection of purchase order 1 without its checklist
then it is refused: the procedure asks for more items

story: An item that needs a photo or a text does not pass on somebody's word
given a shop "store" that asks for captured payment
and supplier "north" ships MUG hub at 4.00 EUR with 20 in stock, on auto
and goods MUG are of the risk class new_sku
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the quality desk passes inspection of purchase order 1 on word alone
then it is refused: this item passes only with its text
when the quality desk passes packing of purchase order 1 on word alone
then it is refused: this item passes only with a photo

story: Directly shipped goods without a statement are not applicable and say so
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
then gate inspection of purchase order 1 is not_applicable
and gate inspection of purchase order 1 says the supplier made no statement on inspection

story: A supplier's statement is attested, no more
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when the supplier attests inspection of purchase order 1: all pieces looked at
then event CheckAttested check=inspection statement="all pieces looked at"
and gate inspection of purchase order 1 is open

story: A supplier's statement that we type in is still the supplier's, with our name on it
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when the quality desk records the supplier's inspection of purchase order 1: ten of ten looked at
then event CheckAttested check=inspection statement="ten of ten looked at" actor="the quality desk"
and gate inspection of purchase order 1 is open

story: A statement without a word or a photo is none
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier attests inspection of purchase order 1 without a word
then it is refused: an attestation needs a statement or a photo

story: The supplier's word does not undo what we saw
given a shop "store" that asks for captured payment
and supplier "north" ships MUG hub at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and the quality desk fails inspection of purchase order 1: a crack in the glaze
when the supplier attests inspection of purchase order 1: no cracks at all
then gate inspection of purchase order 1 is failed

story: Valuable goods at our bench need more than the supplier's statement
given a shop "store" that asks for captured payment
and supplier "north" ships MUG hub at 4.00 EUR with 20 in stock, on auto
and goods MUG are of the risk class new_sku
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and the quality desk passes receiving of purchase order 1
and the supplier attests inspection of purchase order 1: all pieces looked at
and the quality desk passes packing of purchase order 1
and the quality desk scans order #1001 with label LX1 on parcel 1
and LX1 is scanned carrier_accepted with physical proof
then gate inspection_photo of purchase order 1 is pending
and gate inspection_photo of purchase order 1 says evidence is attested, needed is verified
and gate inspection_statement of purchase order 1 is not_applicable
and the store is not told that anything left
when the quality desk passes inspection of purchase order 1
then gate inspection_photo of purchase order 1 is open
and the store is told that parcel 1 left

story: A missing photo may be let pass by name
given a shop "store" that asks for captured payment
and supplier "north" ships MUG hub at 4.00 EUR with 20 in stock, on auto
and goods MUG are of the risk class new_sku
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and the shop owner overrides gate inspection_photo of purchase order 1: the owner was there
then gate inspection_photo of purchase order 1 is overridden

story: A failed statement on valuable direct goods holds what can still be stopped
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and goods MUG are of the risk class new_sku
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
when the quality desk fails inspection of purchase order 1: the photo shows another colour
then gate inspection_statement of purchase order 1 is failed
and gate inspection_photo of purchase order 1 is not_applicable
and an exception product_check_failed is open for the quality desk
when LX1 is scanned carrier_accepted with physical proof
then the store is not told that anything left

story: A doubtful statement may be accepted by name
given a shop "store" that asks for captured payment
and supplier "north" ships MUG direct at 4.00 EUR with 20 in stock, on auto
and goods MUG are of the risk class new_sku
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and the quality desk fails inspection of purchase order 1: the photo shows another colour
and the shop owner overrides gate inspection_statement of purchase order 1: the lamp was yellow
then gate inspection_statement of purchase order 1 is overridden
and the exception product_check_failed is resolved

story: What failed at the bench and left all the same stays a case when the order is cancelled
given a shop "store" that asks for captured payment
and supplier "north" ships MUG hub at 4.00 EUR with 20 in stock, on auto
when order #1001 comes in: 2 x MUG at 12.50 EUR to DE 10115, paid, risk low
and purchase order 1 is delivered
and the supplier confirms purchase order 1
and the supplier announces LX1 by post for purchase order 1
and the quality desk fails inspection of purchase order 1: a crack in the glaze
and the shop reports #1001 again with cancelled by the customer
and LX1 is scanned delivered with physical proof
then an exception product_check_failed is open for the quality desk
and the store is not told that anything left
