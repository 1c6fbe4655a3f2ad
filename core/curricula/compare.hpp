#pragma once

#include <string>
#include <vector>

#include <peercert/edition.hpp>

/// What differs between two editions for somebody who lives by them: meaning, not text.
namespace peercert::curricula {

struct RuleChange {
    enum class What {
        asked_more,   ///< a clause is new; `after` says it
        asked_less,   ///< a clause is gone; `before` says it
        amount,       ///< how much, how many, which mark, which age
        dated,        ///< when it has to lie
        part,         ///< the minimum or cap of a part; `detail` is the part
        part_added,   ///< `detail` is the part
        part_removed, ///< `detail` is the part
        fee,
        term,      ///< how long a level lasts and when it ends
        otherwise, ///< anything else; both sentences are whole
        section_added,
        section_removed
    };
    What what{What::otherwise};
    std::string section; ///< "to renew certified", "after expiry", "titles"
    std::string name;    ///< of the clause; may be empty
    std::string detail;
    std::string before; ///< in the words of explain; empty where there was nothing
    std::string after;
    std::string place; ///< file:line:column in the later edition, or in the earlier one for what is gone
    bool operator==(const RuleChange&) const = default;
};

/// In the order of the later edition; what is gone comes at the end of its section. Names of clauses pair them: a
/// clause that only got another name is one gone and one new. Notes, sources and places are no change.
std::vector<RuleChange> compare(const Edition& earlier, const Edition& later);

} // namespace peercert::curricula
