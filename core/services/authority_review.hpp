#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/signatures.hpp"

namespace peercert::services {

/// When somebody's authority turns out to be void from a day on: what rests on it, and what people decide about it.
/// Nothing here changes what anybody holds.
class AuthorityReview {
public:
    AuthorityReview(House& house, const Rulebook& rulebook) : house_(house), rulebook_(rulebook) {}

    struct Affected {
        SignatureView signature;      ///< as it stands now
        std::vector<Relying> relying; ///< credentials granted on it; they stay as they are
        bool put_under_review{false}; ///< by this call
    };
    struct Impact {
        std::string assessor; ///< person code
        std::string assessor_name;
        std::string credential; ///< only what relied on it; empty: whatever they vouched with
        Date void_from{};
        std::vector<Affected> signatures; ///< by day observed; only of people whom the actor may see
        int unseen{0};                    ///< signatures of people whom the actor may not see
        int other_lines{0};               ///< hours and courses they vouched for on those days; never touched here
    };
    /// Signatures that stand and were seen on `void_from` or later. `whose`: a person, or the number of a credential:
    /// then only what relied on that credential. With `put_under_review` each that is signed waits for a person's
    /// decision; of a sign-off with several signatures, all of them. Throws Error{not_found}, Error{forbidden}.
    Impact impact(const Actor& actor, std::string_view whose, Date void_from, bool put_under_review,
                  Mode mode = Mode::commit);

    /// What a person decides about a signature under review: it counts again, or no longer. Of a sign-off with several
    /// signatures all of them. Neither the learner nor an assessor decides. Throws Error{conflict} for one that is not
    /// under review.
    Changed decide(const Actor& actor, EntryId entry, bool uphold, Mode mode = Mode::commit);

private:
    House& house_;
    const Rulebook& rulebook_;
};

/// What of somebody's sign-offs is under review, for telling them beside a judgement.
std::vector<domain::LedgerEntry> under_review(storage::UnitOfWork& work, PersonId person);

} // namespace peercert::services
