// GetOperation, GetOperations, GetOperationsForResource, GetActiveNames.
#include "handlers/actions.hpp"
#include "handlers/key_pairs/key_pairs.hpp"

namespace papersail {
namespace {

json get_operation(Call& call) {
  const std::string id = call.in["operationId"];
  json found = call.store.operations().find(call.region, id, call.now());
  if (found.is_null()) throw not_found("Operation", id);
  return operation(found);
}

// Recorded: newest first, although the API reference says oldest first.
json get_operations(Call& call) {
  return call.page_response(
      "operations", call.store.operations().list(call.region, call.page_token(), call.now()));
}

// The operations of a deleted resource are kept. A name that never existed is not found.
json get_operations_for_resource(Call& call) {
  const std::string name = call.in["resourceName"];
  Page page = call.store.operations().list_for(call.region, name, call.page_token(), call.now());
  if (page.elements.empty() && !call.store.find(call.region, name)) {
    throw not_found("Resource", name);
  }
  return call.page_response("operations", std::move(page));
}

// The default key pair is not among the names in the recorded lists, because no client created it.
json get_active_names(Call& call) {
  Page page = call.store.names(call.region, call.page_token());
  std::erase(page.elements, json(default_key_pair_name));
  return call.page_response("activeNames", std::move(page));
}

constexpr Action actions[] = {
    {"GetActiveNames", get_active_names},
    {"GetOperation", get_operation},
    {"GetOperations", get_operations},
    {"GetOperationsForResource", get_operations_for_resource},
};

}  // namespace

const std::span<const Action> operation_actions = actions;

}  // namespace papersail
