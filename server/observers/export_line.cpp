#include "server/observers/export_line.hpp"

#include <string_view>
#include <tuple>
#include <utility>

#include "text/encoding.hpp"
#include "text/json.hpp"

namespace papersail {
namespace {

using Kind = ExportLine::Kind;

// Returns the decoded part of `text` between the two others; "" if it does not have this form.
std::string between(std::string_view text, std::string_view start, std::string_view end = "") {
  const bool fits =
      text.size() > start.size() + end.size() && text.starts_with(start) && text.ends_with(end);
  if (!fits) return "";
  return percent_decoded(text.substr(start.size(), text.size() - start.size() - end.size()));
}

json input_of(const ExportLine& line) {
  return line.input.empty() ? json::object() : parse_json(line.input);
}

std::pair<Kind, std::string> effect_of(const ExportLine& line) {
  const std::string& action = line.action;
  if (action == "DELETE /") return {Kind::reset, ""};
  if (action == "POST /fork") return {Kind::fork, input_of(line).at("to")};
  std::string name = between(action, "POST /checkpoints/", "/restore");
  if (!name.empty()) return {Kind::restore, name};
  name = between(action, "PUT /checkpoints/");
  if (!name.empty()) return {line.input.empty() ? Kind::take : Kind::upload, name};
  name = between(action, "DELETE /checkpoints/");
  if (!name.empty()) return {Kind::drop, name};
  return {Kind::change, ""};
}

}  // namespace

ExportLine control_line(const std::string& account, const std::string& action,
                        const std::string& input, std::optional<Millis> clock) {
  ExportLine out{"", account, "", action, input, clock};
  std::tie(out.kind, out.other) = effect_of(out);
  return out;
}

std::string text_of(const ExportLine& line) {
  json out = {{"account", line.account}, {"action", line.action}, {"input", input_of(line)}};
  if (!line.region.empty()) out["region"] = line.region;
  return out.dump() + '\n';
}

}  // namespace papersail
