#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "rules/judging.hpp"

namespace peercert::rules {

/// The first reason stays: of several open things one is enough to say why.
inline void open_for(Finding* note, std::string_view why) {
    if (note != nullptr && note->open_because.empty())
        note->open_because = why;
}

inline void ask(Finding* note, NextStep::Kind kind, std::string what) {
    if (note != nullptr && note->next.kind == NextStep::Kind::nothing) {
        note->next.kind = kind;
        note->next.what = std::move(what);
    }
}

/// How what is not known is called in a finding.
inline std::string_view not_known(Knowing knowing) { return knowing == Knowing::unknown ? "unknown" : "nothing said"; }

} // namespace peercert::rules
