// Checks which actions are allowed in which states, against tests/tables/states.json.
#include <set>

#include "handlers/actions.hpp"
#include "server/api/model.hpp"
#include "tests/support/stages.hpp"

namespace papersail {
namespace {

const json& file() {
  static const json file = test_data("states.json");
  return file;
}

// Returns "running" for the title "running, session started".
std::string state_in(const json& column) {
  const std::string title = column.at(0);
  return title.substr(0, title.find(','));
}

std::string state_now(Emulator& emulator, const json& table) {
  emulator.call("GetActiveNames");  // applies all transitions that are due
  const std::string name = with_names(emulator, table.at("name"));
  const std::string type = table.at("type");
  const auto found = emulator.account().store.find("us-east-1", type, name);
  return found ? status_of(*found) : "gone";
}

struct Refusal {
  std::string type;
  std::string code;
};

Refusal refusal(const std::string& cell) {
  if (cell == "!gone") return {"NotFoundException", "DoesNotExist"};
  if (cell == "!input") return {"InvalidInputException", "InvalidParams"};
  if (cell == "!taken") return {"InvalidInputException", "NameExists"};
  if (cell == "!state" || cell == "!failure") {
    return {"OperationFailureException", "OperationFailed"};
  }
  throw std::invalid_argument("no cell is called " + cell);
}

void check_refusal(const Response& response, const std::string& cell, const std::string& title) {
  const Refusal expected = refusal(cell);
  REQUIRE(response.status == 400);
  const json error = json::parse(response.body);
  CHECK(error.at("__type") == expected.type);
  CHECK(error.at("code") == expected.code);
  const std::string message = error.at("message");
  // The message ends with the state of the resource or of the instance that it is attached to;
  // those about databases have other words after it.
  const std::string of_database = " in " + title + " state; please try again later";
  const std::string last_word = message.substr(message.rfind(' ') + 1);
  if (cell == "!state") {
    CHECK((title.find(last_word) != std::string::npos || message.ends_with(of_database)));
  }
}

// Makes the row's call on the column's stage. Returns true if the stage is unchanged.
bool check_cell(Emulator& emulator, const json& table, const json& column, const json& row,
                const std::string& cell) {
  const std::string state = state_in(column), action = row.front();
  INFO(table.at("title").get<std::string>(), ", ", column.at(0).get<std::string>(), ": ", action);
  REQUIRE(state_now(emulator, table) == state);
  const Response response = emulator.response(action, with_names(emulator, row.back()).dump());
  INFO(cell, " -> ", response.body);
  const bool refused = cell.starts_with('!');
  if (refused) {
    check_refusal(response, cell, state);
  } else {
    REQUIRE(response.status == 200);
  }
  CHECK(state_now(emulator, table) == (refused || cell == "=" ? state : cell));
  return refused || action.starts_with("Get");
}

void check_column(Emulator& emulator, int& n, const json& table, std::size_t index) {
  const Stages stages(file().at("stages"));
  const json& column = table.at("columns").at(index);
  if (!stages.possible(column.at(1))) return;
  bool is_set = false;
  for (const json& row : table.at("rows")) {
    if (!is_implemented(row.front())) continue;
    if (!is_set) {
      use_new_account(emulator, ++n);
      stages.set(emulator, column.at(1));
    }
    is_set = check_cell(emulator, table, column, row, row.at(index + 1));
  }
}

void add_named_by(Model& model, const std::string& member, std::set<std::string>& actions) {
  for (const Action& action : all_actions()) {
    for (const Member& one : model.action(action.name)->input->members) {
      if (one.name == member) actions.insert(std::string(action.name));
    }
  }
}

}  // namespace

TEST_CASE("Actions: are allowed or refused in each state as in the table") {
  Emulator emulator;
  int n = 0;
  for (const json& table : file().at("tables")) {
    for (std::size_t column = 0; column < table.at("columns").size(); ++column) {
      check_column(emulator, n, table, column);
    }
  }
}

TEST_CASE("States table: has a row for every action on such a resource") {
  std::set<std::string> tried = file().at("elsewhere"), required;
  Model model;
  for (const json& table : file().at("tables")) {
    const json members = table.value("named by", json::array());
    for (const json& member : members) add_named_by(model, member, required);
    for (const json& row : table.at("rows")) {
      CAPTURE(row.dump());
      CHECK(model.has(row.front().get<std::string>()));
      CHECK(row.size() == table.at("columns").size() + 2);
      tried.insert(row.front());
    }
  }
  for (const auto& action : required) {
    CAPTURE(action);
    CHECK(tried.contains(action));
  }
}

}  // namespace papersail
