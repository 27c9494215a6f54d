// The help texts: in groups, and no line longer than 80 columns.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace papersail {

// Returns the words of the text in lines that are not longer than `width`.
std::string wrapped(const std::string& text, std::size_t width);

// Sets the form of all help texts below `app`, and the groups of its subcommands.
void set_help(CLI::App& app);

}  // namespace papersail
