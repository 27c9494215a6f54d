// What a shell offers when one presses Tab.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace papersail {

// What the last of the words can become, a line each: the word, a tab, what it is for. `words` are
// those after the program's name, "__complete" first; the last one is the one being typed.
std::vector<std::string> completions(const CLI::App& app, const std::vector<std::string>& words);

// The script that a shell (bash, zsh, fish) runs to complete for us. Throws UsageError for another.
std::string completion_script(const std::string& shell);

}  // namespace papersail
