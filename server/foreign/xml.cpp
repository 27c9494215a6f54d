#include "server/foreign/xml.hpp"

#include "text/json.hpp"
#include "text/strings.hpp"

namespace papersail::xml {
namespace {

std::string valid_utf8(std::string_view text) {
  return parse_json(printed(json(text))).get<std::string>();
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : valid_utf8(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    }
  }
  return out;
}

std::string text(const std::string& name, std::string_view text) {
  return element(name, escaped(text));
}

std::string element(const std::string& name, const std::string& elements,
                    const std::string& attributes) {
  return '<' + name + attributes + '>' + elements + "</" + name + '>';
}

std::string xmlns(std::string_view uri) {
  return " xmlns=\"" + escaped(uri) + '"';
}

}  // namespace papersail::xml
