#include "apps/sim/mistakes.h"

#include "base/planted.h"

namespace holdfast::sim {
namespace {

constexpr Mistake all[] = {
    {"a delivery is stored twice", ""},
    {"answered before the commit", ""},
    {"unread messages are lost with a failed commit", "disk"},
    {"the cursor is kept before its orders", "sweep"},
    {"changed orders are never listed", "sweep"},
    {"what is not understood stays unread", "storm"},
    {"a failed fetch is not repeated", ""},
    {"everything is sent again after a timeout", "storm"},
    {"what was on its way starts anew", "storm"},
    {"nobody asks whether an effect is still wanted", "regret"},
    {"bytes leave before the row says so", "storm"},
    {"an answer is lost with a failed commit", "disk"},
    {"rows behind another are forgotten", "silent"},
    {"an unknown outcome counts as refused", "storm"},
    {"what did not leave counts as done", ""},
    {"a try that failed is the last", ""},
    {"state is kept after a failed commit", "disk"},
    {"a timer is lost with a failed commit", "disk"},
    {"one bad step drops the batch", ""},
    {"the first word on a timer stands", "storm"},
    {"a view shows the first step of a commit", ""},
    {"no supplier is polled", "mute"},
    {"numbers start anew with the program", "storm"},
    {"an address stands in the stream", ""},
    {"erasing keeps the sealed rows", "storm"},
    {"the chain skips its link", ""},
    {"a step does not remember itself", ""},
    {"effects of one event share a number", "disk"},
    {"no budget is kept", "rush"},
    {"a cancel unanswered counts as cancelled", "silent"},
    {"the last line costs nothing", ""},
    {"two lines are swapped", ""},
    {"one piece too many is bought", ""},
    {"surplus is never stopped", "healing"},
    {"gates do not stop a purchase", ""},
    {"a supplier that refused is asked again", "healing"},
    {"the store is told of a label", ""},
    {"no ladder is started", "sweep"},
    {"out for delivery is told as delivered", ""},
    {"a case has no review", ""},
    {"a mail for every event", ""},
    {"age closes a case", ""},
    {"a cancelled order goes on", ""},
    {"a refund takes the whole line", "healing"},
    {"a refund takes nothing", "healing"},
    {"the risk is not looked at again", "outages"},
    {"a dearer price passes unseen", "silent"},
    {"another article passes unseen", "silent"},
    {"a parcel holds all that is open", "disk"},
    {"a parcel told twice is two", "disk"},
    {"a rejected line counts as accepted", "healing"},
    {"a mail that failed tells nobody", ""},
    {"a parcel's last scan is missed", ""},
    {"pieces not accepted count as coming", "healing"},
    {"a cancelled piece counts twice", "deaf"},
    {"a label counts as accepted", ""},
    {"what is unpaid is bought", "gates"},
    {"fraud is bought", "gates"},
    {"no assessment is a good one", "gates"},
    {"an address without a street passes", "gates"},
    {"excluded countries are served", "gates"},
    {"a closed case stays in the queue", ""},
    {"the store forgets a timer", ""},
    {"the shop's signature is not looked at", "storm"},
    {"a tracker's signature is not looked at", "storm"},
    {"any 200 means placed", "storm"},
    {"an order that broke off was not placed", "regret"},
    {"a supplier's signature is not looked at", "storm"},
};

}  // namespace

std::span<const Mistake> planted_mistakes() { return all; }

void plant(std::string_view name) { planted_mistake = name; }

}  // namespace holdfast::sim
