#include "server/control/checkpoint_file.hpp"

#include "crypto/openssl.hpp"
#include "text/strict_object.hpp"

namespace papersail {

bool is_sqlite_file(std::string_view bytes) {
  using namespace std::string_view_literals;
  return bytes.starts_with("SQLite format 3\0"sv);
}

std::string uploaded_file(const ControlRequest& request) {
  if (request.text.empty()) return "";
  if (is_sqlite_file(request.text)) return std::string(request.text);
  StrictObject body(request.body);
  const auto text = body.text("sqlite");
  body.finish();
  const auto bytes = text ? ssh::base64_decoded(*text) : std::nullopt;
  if (!bytes || !is_sqlite_file(*bytes)) body.refuse("sqlite", "an SQLite file in base64");
  return *bytes;
}

}  // namespace papersail
