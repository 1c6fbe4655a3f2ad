#pragma once

#include <peercert/edition.hpp>

#include "cli/command.hpp"

namespace peercert::cli {

/// --renew or not.
inline Step::Verb verb_of(const Invocation& asked) {
    return asked.flag("renew") ? Step::Verb::renew : Step::Verb::become;
}

} // namespace peercert::cli
