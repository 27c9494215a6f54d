#include "cli/fault_text.hpp"

#include "cli/table.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

std::string words(const json& value) {
  return value.is_string() ? value.get<std::string>() : printed(value);
}

std::string number(const json& value) {
  std::string out = printed(value);
  if (out.ends_with(".0")) out.resize(out.size() - 2);
  return out;
}

}  // namespace

std::string effect_of(const json& fault) {
  const std::string after = fault.value("phase", "") == "after" ? "succeed, but " : "";
  if (fault.contains("error")) return after + "get " + words(fault["error"].at("type"));
  if (fault.contains("reset")) return after + "lose their connection";
  if (fault.contains("rate")) {
    return "get ThrottlingException beyond " + number(fault["rate"].at("per_second")) + " a second";
  }
  if (fault.contains("operation")) {
    return "begin operations that fail with " +
           fault["operation"].value("errorCode", "InternalFailure");
  }
  const json& latency = fault.at("latency_ms");
  if (!latency.is_array()) return "are answered " + printed(latency) + " ms late";
  return "are answered " + printed(latency.at(0)) + " to " + printed(latency.at(1)) + " ms late";
}

std::string conditions_of(const json& fault) {
  std::vector<std::string> out;
  for (const char* name : {"resource", "region", "after", "times", "probability"}) {
    if (fault.contains(name)) out.push_back(std::string(name) + ' ' + words(fault[name]));
  }
  return joined(out);
}

std::string fault_sentence(const json& fault) {
  const auto after = fault.value("after", std::uint64_t{0});
  std::string text = "Fault " + printed(fault.at("number")) + ": ";
  if (after > 0) text += "after " + number_of(after, "request") + ", ";
  if (fault.contains("times")) {
    const auto times = fault["times"].get<std::uint64_t>();
    text += times == 1 ? "the next request " : "the next " + number_of(times, "request") + ' ';
  } else {
    text += "all requests ";
  }
  text += words(fault.at("action"));
  if (fault.contains("resource")) text += " for " + words(fault["resource"]);
  if (fault.contains("region")) text += " in " + words(fault["region"]);
  text += ' ' + effect_of(fault);
  if (fault.contains("probability")) text += " (probability " + words(fault["probability"]) + ')';
  return text + '.';
}

}  // namespace papersail
