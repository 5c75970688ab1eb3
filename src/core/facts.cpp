#include "core/facts.h"

namespace holdfast::core {

const SupplierProfile* Facts::supplier(std::string_view id) const {
  if (!suppliers) return nullptr;
  const auto found = suppliers->find(std::string(id));
  return found == suppliers->end() ? nullptr : &found->second;
}

}  // namespace holdfast::core
