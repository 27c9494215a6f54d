// The event stream of recorded calls.
#include "tests/support/recorded.hpp"

namespace papersail {
namespace {

// Returns the ids of the events in a stream's text.
std::vector<int> ids_of(const std::string& events) {
  std::vector<int> out;
  std::istringstream text(events);
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with("id: ")) out.push_back(std::stoi(line.substr(4)));
  }
  return out;
}

}  // namespace

TEST_CASE("Recorder::stream: sends one event for each new request, once") {
  Recorder recorder;
  recorder.add(record(mine, "GetDisk", "{}"), "{}", false);
  const auto stream = recorder.stream({});
  CHECK(stream->next() == "");
  recorder.add(record(mine, "GetDisks", "{}"), "{}", false);
  const std::string event = stream->next();
  CHECK(event.starts_with("id: 2\nevent: request\ndata: {"));
  CHECK(event.ends_with("}\n\n"));
  CHECK(event.find('\n', 24) == event.size() - 2);
  CHECK(stream->next() == "");
}

TEST_CASE("Recorder::stream: filters by id, account and action") {
  Recorder recorder;
  for (const char* action : {"GetDisk", "GetDisks", "GetRegions"}) {
    recorder.add(record(mine, action, "{}"), "{}", false);
    recorder.add(record("222222222222", action, "{}"), "{}", false);
  }
  CHECK(ids_of(recorder.stream({.after = 0})->next()) == std::vector{1, 2, 3, 4, 5, 6});
  CHECK(ids_of(recorder.stream({.after = 4})->next()) == std::vector{5, 6});
  CHECK(ids_of(recorder.stream({.account = mine, .after = 0})->next()) == std::vector{1, 3, 5});
  CHECK(ids_of(recorder.stream({.action = "GetD*", .after = 2})->next()) == std::vector{3, 4});
  CHECK(recorder.stream({.after = 1000})->next() == "");
}

TEST_CASE("Recorder::stream: wakes the stream when a request is recorded") {
  Recorder recorder;
  int woken = 0;
  auto stream = recorder.stream({});
  recorder.add(record(mine, "GetDisk", "{}"), "{}", false);  // no `wake` is set yet
  stream->wake = [&] { ++woken; };
  recorder.add(record(mine, "GetDisk", "{}"), "{}", false);
  CHECK(woken == 1);
  stream.reset();
  recorder.add(record(mine, "GetDisk", "{}"), "{}", false);
  CHECK(woken == 1);
}

TEST_CASE("Recorder::stream: reports how many evicted requests a slow reader missed") {
  Recorder recorder({.requests = 2});
  const auto stream = recorder.stream({});
  for (int i = 0; i < 10; ++i) recorder.add(record(mine, "GetDisk", "{}"), "{}", false);
  const std::string events = stream->next();
  CHECK(events.starts_with("event: skipped\ndata: {\"skipped\":8}\n\nid: 9\n"));
  CHECK(ids_of(events) == std::vector{9, 10});
}

TEST_CASE("Recorder::stream: bounds the size of the text sent at a time") {
  Recorder recorder;
  const auto stream = recorder.stream({});
  for (int i = 0; i < 20; ++i) {
    recorder.add(record(mine, "GetDisk", '"' + std::string(20'000, 'x') + '"'), "{}", false);
  }
  std::size_t events = 0;
  for (std::string text = stream->next(); !text.empty(); text = stream->next()) {
    CHECK(text.size() < 100'000);
    events += ids_of(text).size();
  }
  CHECK(events == 20);
}

}  // namespace papersail
