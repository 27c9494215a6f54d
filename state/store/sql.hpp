// The text of an SQL statement.
#pragma once

namespace papersail {

// A string literal: the constructor runs at compile time, which only accepts texts that live as
// long as the program. A database keeps its prepared statements by the address of the text.
class Sql {
 public:
  consteval Sql(const char* text) : text_(text) {}

  const char* text() const { return text_; }

 private:
  const char* text_;
};

}  // namespace papersail
