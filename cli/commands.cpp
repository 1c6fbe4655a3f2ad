#include "cli/commands.hpp"

namespace peercert::cli {
namespace {

constexpr Topic all_topics[] = {
    // Help and the shell
    {"completion", "Help and the shell", "Completion of commands for bash, zsh and fish", completion_commands},
    {"man", "Help and the shell", "The whole manual", man_commands},
    {"version", "Help and the shell", "Which peercert this is", version_commands},
};

} // namespace

std::span<const Topic> topics() { return all_topics; }

} // namespace peercert::cli
