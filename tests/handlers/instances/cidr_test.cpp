#include "handlers/instances/cidr.hpp"

#include <doctest/doctest.h>

namespace papersail {

struct CidrCase {
  const char* text;
  const char* canonical;
};

TEST_CASE("canonical_cidr: adds the prefix to IPv4 and clears the host bits") {
  for (const CidrCase& row : {
           CidrCase{"192.0.2.44", "192.0.2.44/32"},
           {"192.0.2.0/24", "192.0.2.0/24"},
           {"192.0.2.44/24", "192.0.2.0/24"},
           {"10.255.255.255/9", "10.128.0.0/9"},
           {"255.255.255.255/31", "255.255.255.254/31"},
           {"203.0.113.9/0", "0.0.0.0/0"},
           {"0.0.0.0/32", "0.0.0.0/32"},
       }) {
    CHECK(canonical_cidr(IpFamily::v4, row.text) == std::string(row.canonical));
  }
}

TEST_CASE("canonical_cidr: writes IPv6 in its shortest form and lower case without host bits") {
  for (const CidrCase& row : {
           CidrCase{"2001:DB8::44", "2001:db8::44/128"},
           {"2001:0db8:0000:0000:0000:0000:0000:0000/32", "2001:db8::/32"},
           {"2001:db8:ffff::1/33", "2001:db8:8000::/33"},
           {"fe80::1/10", "fe80::/10"},
           {"::ffff:192.0.2.1", "::ffff:192.0.2.1/128"},
           {"2001:db8::/0", "::/0"},
           {"::/0", "::/0"},
       }) {
    CHECK(canonical_cidr(IpFamily::v6, row.text) == std::string(row.canonical));
  }
}

TEST_CASE("canonical_cidr: rejects everything else") {
  using namespace std::string_literals;
  for (const std::string& text : {""s,
                                  "/"s,
                                  "/8"s,
                                  "10.0.0.0/"s,
                                  "10.0.0.0/33"s,
                                  "10.0.0.0/-1"s,
                                  "10.0.0.0/+8"s,
                                  "10.0.0.0/08"s,
                                  "10.0.0.0/8/8"s,
                                  "10.0.0.0/8 "s,
                                  " 10.0.0.0/8"s,
                                  "10.0.0/8"s,
                                  "10/8"s,
                                  "256.0.0.1"s,
                                  "010.0.0.1"s,
                                  "10.0.0.0-10.0.0.255"s,
                                  "10.0.0.0/255.0.0.0"s,
                                  "::/0"s,
                                  "localhost"s,
                                  "0x0a000001"s,
                                  "10.0.0.1\0"s,
                                  "10.0.0.1/8\0"s,
                                  "10.0.0.0/99999999999999999999"s}) {
    INFO(text);
    CHECK(!canonical_cidr(IpFamily::v4, text));
  }
  for (const std::string& text :
       {""s, "::/129"s, "::/"s, "::1::"s, ":::"s, "1:2:3:4:5:6:7"s, "1:2:3:4:5:6:7:8:9"s, "g::"s,
        "12345::"s, "fe80::1%lo"s, "[::1]"s, "10.0.0.0/8"s, "::1\0"s, "::/00"s}) {
    INFO(text);
    CHECK(!canonical_cidr(IpFamily::v6, text));
  }
}

}  // namespace papersail
