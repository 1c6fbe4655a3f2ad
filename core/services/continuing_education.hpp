#pragma once

#include <functional>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ce_approval.hpp"
#include "services/assessment.hpp"
#include "services/house.hpp"
#include "services/imports.hpp"
#include "services/ledger.hpp"
#include "services/rulebook.hpp"

namespace peercert::services {

/// Continuing education: what bodies approve, what providers post, what people add themselves. What it is worth for a
/// renewal is judged by the track's rules and by nothing else.
class ContinuingEducation {
public:
    ContinuingEducation(House& house, const Rulebook& rulebook) : house_(house), rulebook_(rulebook) {}

    struct NewApproval {
        std::string body;                ///< organization's code: who approves
        std::string provider;            ///< organization's code: whose course it is
        std::string course;              ///< empty: whatever they hold
        std::vector<std::string> topics; ///< none: as the provider says
        std::optional<Minutes> minutes;  ///< what one completion counts at most; absent: as long as it was
        std::optional<Date> first_day;   ///< absent: today
        std::optional<Date> last_day;    ///< absent: no end
        domain::CeApprovalId replaces{};
    };
    /// By whoever decides for the body. What was posted before stays as it is. Throws Error{forbidden},
    /// Error{invalid_input} for topics that no rule on file knows.
    domain::CeApprovalId approve(const Actor& actor, const NewApproval& approval, Mode mode = Mode::commit);
    /// It no longer stands for what is posted from now on.
    void withdraw_approval(const Actor& actor, domain::CeApprovalId approval, Mode mode = Mode::commit);

    struct ApprovalView {
        domain::CeApproval approval;
        std::string body;     ///< organization's code
        std::string provider; ///< organization's code
    };
    std::vector<ApprovalView> approvals(std::string_view provider); ///< of one provider, or all for an empty code

    /// A roster that a provider posts. Columns: person (their code), course, day, minutes; optional name (the name they
    /// use, checked against the code) and topics (divided by semicolons; absent: as approved). All rows or none,
    /// harmless to run again; other minutes or topics for a line that is there are a correction. Where a body has
    /// approved the course, a row outside every approval of it (day, minutes, topics) is refused with what is approved;
    /// where nobody has, the row is recorded as it is and the track's rules say what it counts.
    ImportReport roster(const Actor& actor, std::string_view provider, std::istream& file, Mode mode,
                        const Imports::Progress& progress = {});

    struct OwnLine {
        std::string person;
        std::string course;
        std::string provider; ///< organization's code; empty: not in the record
        Date day{};
        Minutes minutes{0};
        std::vector<std::string> topics;
        std::string document_digest; ///< SHA-256 of the certificate, which the person keeps
    };
    /// By the person, or whoever keeps their record. It waits until somebody accepts it, and until then can only help.
    /// Throws Error{conflict} for what is on record already.
    EntryId add_line(const Actor& actor, const OwnLine& line, Mode mode = Mode::commit);
    /// Accepts or refuses a line that waits: not the person themselves. Throws Error{conflict} for one that does not
    /// wait.
    Replaced settle(const Actor& actor, EntryId entry, bool accepted, Mode mode = Mode::commit);

private:
    House& house_;
    const Rulebook& rulebook_;
};

/// The clauses of a judgement that are about continuing education, parts below their whole, in the order of the rule:
/// how much there is of how much, and what was not counted and why. Taken from the finding; nothing is judged again.
struct CeLine {
    int depth{0};
    const Finding* finding{nullptr}; ///< lives in the judgement
};
std::vector<CeLine> ce_balance(const Finding& finding);

} // namespace peercert::services
