#pragma once

#include <string>
#include <vector>

#include <peercert/edition.hpp>
#include <peercert/kinds.hpp>

#include "curricula/edition_reader.hpp"

/// Looks for rules that can be read and are probably not what their author meant.
namespace peercert::curricula {

struct LintFinding {
    std::string rule; ///< "totals", "unreachable", "nobody", "sunset", "unused", "memory", "reading", "known"
    std::string file;
    int line{0};
    int column{0};
    bool error{false}; ///< else a warning
    std::string sentence;
    std::string mend;    ///< what would mend it; empty when the sentence says it
    std::string because; ///< why the author keeps it, out of "known warnings"; a finding that has this is no trouble
    bool is_trouble() const { return because.empty(); }
    bool operator==(const LintFinding&) const = default;
};

/// Everything about one file, in file order. What keeps it from being read comes out as errors of the rule "reading",
/// and then nothing else. `today` tells which branches ended long ago. A "known warnings" that nothing needs is an
/// error.
std::vector<LintFinding> lint(const SourceText& source, const Kinds* kinds, const FindBase& find_base, Date today);

} // namespace peercert::curricula
