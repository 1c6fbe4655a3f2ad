#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/bundle_file.hpp"
#include "services/cohorts.hpp"

/// A cohort taken away as one signed file, and merged when it comes back: what only one side changed is taken over,
/// what both sides changed is kept for people to decide, and bringing the same back again changes nothing.
namespace peercert::services {

struct Taken {
    std::string id;
    std::string bytes; ///< the file: it holds the key that signs what is recorded in it, so it is its owner's alone
    std::size_t people{0};
    std::size_t sessions{0};
};

/// What became of a figure that came back.
struct BroughtLine {
    std::string bundle;
    int n{0};
    int session{0};
    PersonLine person;
    Minutes brought{0};
    std::optional<Minutes> here;   ///< on record now (where it was recorded: before)
    std::optional<Minutes> common; ///< what both sides had when they parted
    domain::Instant claimed{};     ///< by the other machine's clock
};

struct BroughtBack {
    std::string cohort; ///< code
    std::string bundle;
    std::vector<BroughtLine> recorded;
    std::vector<BroughtLine> to_decide;
    std::vector<BroughtLine> to_come; ///< of sessions that are still to come by this record's clock: not taken over yet
    std::size_t known{0};             ///< on record already
    std::size_t before{0};            ///< lines that came back before
    std::vector<CompletionReview> reviews;
};

class Bundles {
public:
    Bundles(House& house, const Rulebook& rulebook) : house_(house), rulebook_(rulebook) {}

    /// Throws Error{forbidden} where the curriculum keeps no register.
    Taken take(const Actor& actor, std::string_view cohort, Mode mode = Mode::commit);
    /// Throws Error{invalid_input} for a file that was changed or damaged, Error{not_found} for one that this record
    /// did not make, Error{conflict} for one that was withdrawn. Then nothing is changed.
    BroughtBack bring_back(const Actor& actor, std::string_view bytes, Mode mode = Mode::commit);
    /// A file that was lost: nothing of it is taken back any more.
    void withdraw(const Actor& actor, std::string_view bundle, Mode mode = Mode::commit);
    /// What both sides changed and nobody has decided yet.
    std::vector<BroughtLine> to_decide(const Actor& actor, std::string_view cohort);
    /// Somebody decides how long it was: either figure or a third. Throws Error{not_found} where nothing is to be
    /// decided.
    Attended settle(const Actor& actor, std::string_view cohort, int session, std::string_view person, Minutes minutes,
                    Mode mode = Mode::commit);

private:
    House& house_;
    const Rulebook& rulebook_;
};

} // namespace peercert::services
