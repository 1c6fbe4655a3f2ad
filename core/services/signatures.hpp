#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/competencies.hpp"
#include "services/completion.hpp"
#include "services/house.hpp"
#include "services/rulebook.hpp"

namespace peercert::services {

/// How long a signature can be taken back without a word. A day: who signs off an evening class notices the wrong name
/// or the wrong tick when they look at it again the next day, and until then nobody has relied on it. Afterwards a
/// signature is changed only by a correction, which carries its reason for everybody to see.
inline constexpr std::chrono::hours undo_within{24};

/// A sign-off as it stands, newest line of its signature.
struct SignatureView {
    domain::LedgerEntry line;
    domain::SignOff detail;
    std::string learner; ///< person code
    std::string learner_name;
    std::string assessor; ///< person code; empty: typed before assessors were named
    std::string assessor_name;
    std::optional<domain::LearnerResponse> response;
    std::optional<domain::Instant> undo_until; ///< can be taken back without a word up to here; absent: no longer
    bool stands() const { return line.counts(); }
};

/// What confirming did. Where somebody was not entitled after all, nothing was stored.
struct Confirmed {
    std::vector<SignatureView> lines; ///< as they stand now, the co-signers' too
    std::vector<AssessorAnswer> not_entitled;
    bool accepted() const { return not_entitled.empty(); }
};

/// What correcting or taking back did.
struct Changed {
    std::vector<SignatureView> lines; ///< as they stand now, the co-signers' too
    std::vector<Relying> relying;     ///< credentials granted on the lines as they were; they stay as they are
};

/// What becomes of signatures after they were typed. Lines are only ever added.
class Signatures {
public:
    Signatures(House& house, const Rulebook& rulebook) : house_(house), rulebook_(rulebook) {}

    /// The assessor signs what was typed for them or drafted. Only they can, as themselves; whether they were entitled
    /// on the day observed is asked again. Throws Error{forbidden} for anybody else, Error{conflict} for what waits for
    /// nobody or where a conflict of interest was declared meanwhile, Error{invalid_input} for a draft signed late
    /// without a reason.
    Confirmed confirm(const Actor& actor, const std::vector<EntryId>& entries, std::optional<domain::LateReason> late,
                      Mode mode = Mode::commit);
    /// Another rating in the place of this one. By the assessor, it is signed; typed by somebody else, it waits for
    /// them, as it does for every co-signer. After `undo_within` the line shows that it is a correction.
    Changed correct(const Actor& actor, EntryId entry, const std::string& rating, Mode mode = Mode::commit);
    /// The signature no longer counts. A draft, and what waits for its assessor, at any time; what was signed, within
    /// `undo_within` without a word and afterwards with a reason. Throws Error{invalid_input} where the reason is
    /// missing.
    Changed take_back(const Actor& actor, EntryId entry, std::optional<domain::LateReason> reason,
                      Mode mode = Mode::commit);
    /// The learner's answer; only theirs. A later one stands in its place.
    void respond(const Actor& actor, EntryId entry, domain::Response response, Mode mode = Mode::commit);

    /// Of one learner, by day; with `history`, lines that were superseded or withdrawn too.
    std::vector<SignatureView> of(const Actor& actor, std::string_view person, bool history);
    /// What waits for that assessor, drafts included, by day.
    std::vector<SignatureView> waiting_for(const Actor& actor, std::string_view assessor);

private:
    House& house_;
    const Rulebook& rulebook_;
};

/// The line's detail; for one recorded by an older program, what its result says.
domain::SignOff detail_of(storage::UnitOfWork& work, const domain::LedgerEntry& line);
SignatureView view_of(storage::UnitOfWork& work, const domain::LedgerEntry& line);
/// The sign-off with that number, whoever may see it and whether it stands. Throws Error{not_found}.
domain::LedgerEntry signature_of(storage::UnitOfWork& work, EntryId entry);
/// Error{not_found} for no such sign-off, and for one that the actor may not know of: the same words.
Error no_such_signature(EntryId entry);
/// Throws Error{conflict} naming what stands in the place of that line. To be asked after the actor's right was judged.
void refuse_what_does_not_stand(const domain::LedgerEntry& line);
/// All signatures of that act for the same competency that stand, this one included, by line.
std::vector<domain::LedgerEntry> signed_together(storage::UnitOfWork& work, const domain::LedgerEntry& line);
/// A line in the place of `before`, in that state; `rated` is what its rating means.
struct NextSignature {
    domain::SignOffState state{domain::SignOffState::signed_off};
    std::string rating; ///< empty: as it was
    EntryResult rated{EntryResult::shown};
    std::optional<domain::LateReason> reason; ///< absent: as it was
    std::optional<domain::Authority> authority;
    bool withdrawn{false};
};
EntryId replace_signature(storage::UnitOfWork& work, const domain::LedgerEntry& before, const NextSignature& next);
/// What the rating of that line means: its scale's edition is kept for that.
EntryResult rated_result(storage::UnitOfWork& work, const Rulebook& rulebook, const domain::LedgerEntry& line);

} // namespace peercert::services
