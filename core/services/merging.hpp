#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/house.hpp"
#include "services/people.hpp"

namespace peercert::services {

/// What stands under a record, or under several that are one human: what a merge brings along and an unmerge takes
/// away.
struct RecordShare {
    std::vector<EntryId> entries; ///< lines of the ledger, superseded ones too
    struct Credential {
        std::string number;
        std::string track;
    };
    std::vector<Credential> credentials;
    std::vector<std::string> places; ///< codes of cohorts
    std::vector<PersonView::Role> roles;
    std::vector<ApplicationId> applications;
};

/// Something about two records of one human that only people can settle. Nothing is settled by the merge.
struct MergeConflict {
    enum class Kind {
        same_track,  ///< both hold a credential of the track `about`: `kept`, `other` are the numbers
        birthday,    ///< both say when they were born, and differ
        same_cohort, ///< both have a place in the cohort `about`
        vouched,     ///< one vouched for lines of the other: `kept`, `other` are how many of theirs the other signed
        hidden,      ///< one opted out of verification, which goes for both then
        departed,    ///< one is recorded as gone, which goes for both then
        apart        ///< somebody looked before and said that they are two people
    };
    Kind kind{};
    std::string about;
    std::string kept;
    std::string other;
};
std::string_view word_of(MergeConflict::Kind kind);

struct Merged {
    PersonLine kept;
    PersonLine other; ///< under its own code
    RecordShare moves;
    std::vector<MergeConflict> conflicts;
};

struct Unmerged {
    PersonLine kept;
    PersonLine other;
    RecordShare leaves;   ///< all that stands apart with `other` again
    RecordShare of_other; ///< of it, what was recorded while they were one
    RecordShare of_kept;  ///< what was recorded meanwhile and stays
};

/// Two records that are one human. Nothing is rewritten: both keep what was recorded for them, and are read as one.
class Merging {
public:
    explicit Merging(House& house) : house_(house) {}

    /// `other` redirects to `kept` from now on. Throws Error{conflict} for conflicts unless `conflicts_seen`; a
    /// rehearsal lists them. Nobody merges themselves: Error{forbidden}.
    Merged merge(const Actor& actor, std::string_view kept, std::string_view other, bool conflicts_seen,
                 Mode mode = Mode::commit);
    Unmerged unmerge(const Actor& actor, std::string_view other, Mode mode = Mode::commit);

    /// For a code that was merged into another, where the actor may know of the person.
    std::optional<Redirect> redirect(const Actor& actor, std::string_view code);

private:
    House& house_;
};

/// "P-... was merged into P-... on DAY", for each record that is read together with that person's.
std::vector<Redirect> merged_into(storage::UnitOfWork& work, PersonId person);

} // namespace peercert::services
