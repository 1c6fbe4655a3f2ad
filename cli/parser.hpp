#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"

namespace peercert::cli {

/// The options every command understands, besides its own; those of Effect::writes and decides included when they
/// apply.
std::vector<Option> common_options(Effect effect);

/// What the words of the command line ask for.
struct Asked {
    enum class Kind { run, help, overview, topic_help, exit_codes, version };
    Kind kind{Kind::overview};
    bool by_name{false}; ///< help was asked for, rather than shown because nothing was asked
    const Topic* topic{nullptr};
    Command command{};
    Values values{};
};

/// Finds the command and reads its values. Throws UsageError with a guess at what was meant.
Asked parse(const std::vector<std::string>& words);

} // namespace peercert::cli
