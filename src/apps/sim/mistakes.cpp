#include "apps/sim/mistakes.h"

#include "base/planted.h"

namespace holdfast::sim {
namespace {

constexpr std::string_view all[] = {"a delivery is stored twice",
                                    "answered before the commit",
                                    "unread messages are lost with a failed commit",
                                    "the cursor is kept before its orders",
                                    "changed orders are never listed",
                                    "what is not understood stays unread",
                                    "a failed fetch is not repeated",
                                    "everything is sent again after a timeout",
                                    "what was on its way starts anew",
                                    "nobody asks whether an effect is still wanted",
                                    "bytes leave before the row says so",
                                    "an answer is lost with a failed commit",
                                    "rows behind another are forgotten",
                                    "an unknown outcome counts as refused",
                                    "what did not leave counts as done",
                                    "a try that failed is the last",
                                    "state is kept after a failed commit",
                                    "a timer is lost with a failed commit",
                                    "one bad step drops the batch",
                                    "the first word on a timer stands",
                                    "a view shows the first step of a commit",
                                    "no supplier is polled",
                                    "numbers start anew with the program",
                                    "an address stands in the stream",
                                    "erasing keeps the sealed rows",
                                    "the chain skips its link",
                                    "a step does not remember itself",
                                    "effects of one event share a number",
                                    "no budget is kept",
                                    "a cancel unanswered counts as cancelled",
                                    "the last line costs nothing",
                                    "two lines are swapped",
                                    "one piece too many is bought",
                                    "surplus is never stopped",
                                    "gates do not stop a purchase",
                                    "a supplier that refused is asked again",
                                    "the store is told of a label",
                                    "no ladder is started",
                                    "out for delivery is told as delivered",
                                    "a case has no review",
                                    "a mail for every event",
                                    "age closes a case",
                                    "a cancelled order goes on",
                                    "a refund takes the whole line",
                                    "a refund takes nothing",
                                    "the risk is not looked at again",
                                    "a dearer price passes unseen",
                                    "another article passes unseen",
                                    "a parcel holds all that is open",
                                    "a parcel told twice is two",
                                    "a rejected line counts as accepted",
                                    "a mail that failed tells nobody",
                                    "a parcel's last scan is missed",
                                    "pieces not accepted count as coming",
                                    "a cancelled piece counts twice",
                                    "a label counts as accepted",
                                    "what is unpaid is bought",
                                    "fraud is bought",
                                    "no assessment is a good one",
                                    "an address without a street passes",
                                    "excluded countries are served",
                                    "a closed case stays in the queue",
                                    "the store forgets a timer",
                                    "the shop's signature is not looked at",
                                    "a tracker's signature is not looked at",
                                    "any 200 means placed",
                                    "an order that broke off was not placed",
                                    "a supplier's signature is not looked at"};

}  // namespace

std::span<const std::string_view> planted_mistakes() { return all; }

void plant(std::string_view name) { planted_mistake = name; }

}  // namespace holdfast::sim
