#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credentials/status.hpp"
#include "rules/terms.hpp"
#include "services/actor.hpp"
#include "services/house.hpp"
#include "services/rulebook.hpp"

namespace peercert::services {

/// "May practise", "may bill Medicaid" on the day, and until when that stays so if nothing changes.
struct PurposeAnswer {
    std::string purpose;
    rules::MayAnswer answer;
    std::optional<Date> until; ///< last day, when it is a yes that ends; absent: it is no yes, or has no end in sight
};

/// A day that matters: the window to renew opens, the last valid day, each stretch after it with what it costs.
struct Deadline {
    enum class Kind { renewal_opens, renewal_closes, last_day, stretch } kind{Kind::last_day};
    Date day{};
    std::string called;                  ///< for a stretch: the edition's word
    std::optional<rules::FeeAnswer> fee; ///< of a renewal filed on that day; absent where the edition has none
    std::string decides;                 ///< a question that only the body can answer then
};

/// One term at one level, as it stands on a day.
struct TermStanding {
    std::string level;
    rules::PresentTerm term;                ///< `last` is the true expiry
    std::optional<rules::PresentTerm> next; ///< granted already, to follow; then the deadlines are that one's
    rules::Stretch now;                     ///< the stretch that day falls into
    std::optional<Date> shown_until;        ///< a later day that the public register shows; it makes nobody certified
    std::vector<AnchorDay> follows;         ///< first certifications, by track, whose latest its days are counted from
    std::vector<PurposeAnswer> purposes;
    std::vector<Deadline> deadlines; ///< from that day on
};

/// The last day of a term was another one before this term took its place.
struct MovedLastDay {
    Date on{};
    std::optional<Date> before;
    std::optional<Date> now;
};

/// Nothing when the record has no term at that level begun by then.
std::optional<TermStanding> term_standing(const rules::Program& program, const Vocabulary& words, const Record& record,
                                          const std::string& level, Date on);

/// One credential on one day, from what was on record at one instant.
struct Standing {
    std::string number;
    std::string person; ///< code
    std::string name;   ///< as used now
    std::string track;
    std::string edition; ///< the one the term was issued under
    std::string title;
    std::string issuer; ///< code; empty: none named
    credentials::Status status;
    Date on{};
    std::optional<domain::Instant> known_at;
    bool projection{false};                     ///< the day lies ahead
    std::optional<TermStanding> term;           ///< absent when nothing was issued by then
    std::vector<credentials::AddedLevel> added; ///< levels that it bears on that day
    std::optional<Date> gone_since;             ///< the holder is gone, and the credential ended with them
    std::optional<MovedLastDay> moved;          ///< since another title with which it is aligned was issued
};

/// How somebody stands: for the person, a reviewer, or whoever may read the record. The public's question is
/// Verification.
class Standings {
public:
    Standings(House& house, const Rulebook& rulebook) : house_(house), rulebook_(rulebook) {}

    /// `who` is a credential's number, a person's code or the whole name they use. `on` absent: today in the track's
    /// zone. `known_at` absent: all that is on record. Throws Error{not_found}, Error{forbidden}.
    std::vector<Standing> of(const Actor& actor, std::string_view who, std::optional<Date> on,
                             std::optional<domain::Instant> known_at);

private:
    Standing standing(storage::UnitOfWork& work, const domain::CredentialRecord& record, std::optional<Date> on,
                      std::optional<domain::Instant> known_at) const;
    /// The edition that a renewal asked for on that day would be judged by; the one the term was issued under where
    /// none is in force, or nobody found which of two is.
    Rulebook::ProgramPtr rules_of(storage::UnitOfWork& work, const domain::CredentialRecord& held,
                                  const domain::Term& term, const Record& record, Date on) const;

    House& house_;
    const Rulebook& rulebook_;
};

} // namespace peercert::services
