// A cache of responses: clients that poll repeat the same read.
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
  std::vector<std::string> unread;  // members of the input that the model does not have
  std::string body;
};

// The cached responses of one account, for one version of its store (Store::version): a call with
// another version empties the cache. The caller must not add responses that depend on the time.
class ResponseCache {
 public:
  // Returns the response to `request`, null if there is none. The pointer is valid until the next
  // call of `find` or `keep`.
  const CachedResponse* find(std::uint64_t version, std::string_view request);
  // Adds the response if `keep` has been called for this request before, because most requests are
  // made only once. Empties the cache first if the response would exceed its limit of 512 KiB.
  void keep(std::uint64_t version, std::string request, CachedResponse response);

 private:
  void invalidate_before(std::uint64_t version);
  void clear();

  std::array<std::uint32_t, 256> seen_once_{};  // hash of the last request in each slot
  std::uint64_t version_ = 0;
  std::size_t bytes_ = 0;
  std::map<std::string, CachedResponse, std::less<>> responses_;
};

}  // namespace papersail
