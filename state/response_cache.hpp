// What calls answered, for as long as nothing changes: who waits for something asks the same thing
// over and over.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace papersail {

struct CachedResponse {
  std::string_view action;          // a literal
  std::vector<std::string> unread;  // what of the input nobody looked at
  std::string body;
};

// Those of one account. A version (Store::version) stands for all that an answer depends on; what
// also depends on the time is not to be kept.
class ResponseCache {
 public:
  // Null if there is none. Good until the next `keep`. Those of another version go.
  const CachedResponse* find(std::uint64_t version, std::string_view request);
  // What has been asked before is kept; the first time it may as well be the last. When they take
  // too much memory all others go.
  void keep(std::uint64_t version, std::string request, CachedResponse response);

 private:
  void invalidate_before(std::uint64_t version);
  void clear();

  std::array<std::uint32_t, 256> seen_once_{};  // hashes of requests, each in its place
  std::uint64_t version_ = 0;
  std::size_t bytes_ = 0;
  std::map<std::string, CachedResponse, std::less<>> answers_;
};

}  // namespace papersail
