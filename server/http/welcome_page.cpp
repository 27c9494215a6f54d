#include "server/http/welcome_page.hpp"

#include <string>

#include "server/version.hpp"

namespace papersail {

Response welcome_page() {
  Response out;
  out.action = "GET /";
  out.content_type = "text/html; charset=utf-8";
  out.body =
      "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>papersail</title>\n"
      "<h1>papersail " +
      std::string(version) +
      "</h1>\n"
      "<p>This is a local Amazon Lightsail. SDKs, the AWS CLI and other tools use this "
      "address as their endpoint.</p>\n"
      "<p>In a shell: <code>eval \"$(papersail env)\"</code>. State of the server: "
      "<a href=\"/_papersail/info\">/_papersail/info</a>. "
      "Commands: <code>papersail --help</code>.</p>\n</html>\n";
  return out;
}

}  // namespace papersail
